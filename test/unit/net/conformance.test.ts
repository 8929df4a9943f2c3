/** The same cases on node:net and the kernel, and on net/ and our own TCP: a program cannot tell which one it talks to. */
import { cases } from './cases.js';
import { glassWorld, kernelWorld } from './face.js';

describe.each([['node:net', kernelWorld], ['glasstcp', () => glassWorld()]] as const)('%s', (_name, makeWorld) => {
  describe.each(cases)('%s', (_group, group) => {
    it.each(group.map((one) => [one.name, one] as const))('%s', async (_title, one) => {
      const world = makeWorld();
      const seen = await one.run(world);
      const left = await world.end();
      expect(seen).toEqual(one.expected);
      expect(left).toBe(0);
    });
  });
});
