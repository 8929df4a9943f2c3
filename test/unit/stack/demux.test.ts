/** Demux: against a list that is searched. */
import fc from 'fast-check';
import { Demux } from '../../../src/stack/demux.js';
import { Endpoint } from '../../../src/stack/endpoint.js';
import { makeConfig } from '../../../src/tcp/config.js';
import { Connection } from '../../../src/tcp/connection.js';
import { Address } from '../../../src/util/address.js';
import { seq } from '../../../src/util/seq.js';
import { PEER, PEER6, US, US6 } from '../../support/host.js';

const idle = { now: () => 0, touch: () => undefined, wake: () => undefined };
const config = makeConfig();
const make = (local: Address, localPort: number, remote: Address, remotePort: number): Endpoint =>
  new Endpoint(new Connection({ id: 1, config, local, localPort, remote, remotePort, mtu: 1500, iss: seq(1) }), idle);

describe('Demux', () => {
  test('finds what was added and not removed, and nothing else', () => {
    const host = fc.constantFrom(PEER, Address.from('192.0.2.3'), PEER6, Address.from('2001:db8::1:0:1'), Address.from('2001:db8::2:0:1'));
    const tuple = fc.tuple(fc.constantFrom(US, US6), fc.integer({ min: 1, max: 4 }), host, fc.integer({ min: 1, max: 4 }), fc.boolean());
    fc.assert(fc.property(fc.array(tuple, { maxLength: 80 }), (steps) => {
      const demux = new Demux();
      const all = new Map<string, Endpoint>();
      for (const [local, lp, remote, rp, add] of steps) {
        const key = `${local.toString()} ${lp} ${remote.toString()} ${rp}`;
        const known = all.get(key);
        if (add && known === undefined) {
          const endpoint = make(local, lp, remote, rp);
          demux.add(endpoint, remote, rp);
          all.set(key, endpoint);
        } else if (!add && known !== undefined) {
          demux.remove(known);
          demux.remove(known); // twice does no harm
          all.delete(key);
        }
        expect(demux.find(local.copy(), lp, remote.copy(), rp)).toBe(all.get(key));
        expect(demux.size).toBe(all.size);
      }
      expect(new Set(demux)).toEqual(new Set(all.values()));
    }), { numRuns: 200 });
  });

  test('those that share a chain can be removed from its front, middle and end', () => {
    const hosts = [PEER6, Address.from('2001:db8::1:0:1'), Address.from('2001:db8::2:0:1')]; // the hash does not look where they differ
    for (let gone = 0; gone < 3; gone++) {
      const demux = new Demux();
      const all = hosts.map((host) => make(US6, 80, host, 5000));
      all.forEach((e, i) => demux.add(e, hosts[i], 5000));
      expect(new Set(all.map((e) => e.demuxHash)).size).toBe(1);
      demux.remove(all[gone]);
      expect(hosts.map((host) => demux.find(US6, 80, host, 5000))).toEqual(all.map((e, i) => (i === gone ? undefined : e)));
    }
  });

  test('sixty thousand connections of one peer are told apart', () => {
    const demux = new Demux();
    const some: Endpoint[] = [];
    const one = make(US, 80, PEER, 1);
    for (let port = 1; port <= 60_000; port++) {
      const e = port === 1 ? one : Object.assign(Object.create(Object.getPrototypeOf(one) as object) as Endpoint, one, { connection: { local: US, localPort: 80, remote: PEER, remotePort: port } });
      demux.add(e, PEER, port);
      if (port % 10_000 === 0) some.push(e);
    }
    expect(demux.size).toBe(60_000);
    for (const [i, e] of some.entries()) expect(demux.find(US, 80, PEER, 10_000 * (i + 1))).toBe(e);
  });
});
