/** Who may import whom: docs/architecture.md, "Layers". A folder not named in `to` is out of reach. */
const layers = {
  util: [],
  wire: ['util'],
  trace: ['util', 'wire'],
  tcp: ['wire', 'trace', 'util'],
  stack: ['tcp', 'wire', 'trace', 'util', 'device/device'],
  device: ['wire', 'util'],
  capture: ['device/native', 'trace', 'wire', 'util'],
  observe: ['capture/frame', 'trace', 'wire', 'util'],
  net: ['stack', 'tcp', 'device/device', 'wire', 'trace', 'util'],
  bsd: ['stack', 'tcp', 'device/device', 'sim/virtual-clock', 'wire', 'trace', 'util'],
  script: ['bsd', 'device', 'sim', 'stack', 'tcp', 'wire', 'trace', 'util'],
  compare: ['script', 'bsd', 'wire', 'util'],
  sim: ['net', 'stack', 'tcp', 'device', 'capture', 'wire', 'trace', 'util'],
};
const rules = Object.entries(layers).map(([from, to]) => ({
  name: `layer-${from}`,
  severity: 'error',
  comment: `${from} may import only: ${to.join(', ') || 'nothing of ours'}`,
  from: { path: `^src/${from}/` },
  to: { path: '^src/', pathNot: [`^src/${from}/`, ...to.map((t) => `^src/${t}(/|\\.ts$)`)] },
}));
module.exports = {
  forbidden: [
    ...rules,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'core-is-node-free', severity: 'error', from: { path: '^src/(util|wire|trace|tcp)/' }, to: { dependencyTypes: ['core', 'npm'] } },
  ],
  options: { tsConfig: { fileName: 'tsconfig.json' }, tsPreCompilationDeps: true, doNotFollow: { path: 'node_modules' } },
};
