/** From measurements to figures: medians over the rounds, ratios with their spread, marks met or missed. */
import type { Load } from './loads.js';
import type { Measured } from './measure.js';
import type { NetworkName } from './networks.js';

export interface Figure {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export interface Row {
  readonly load: string;
  readonly title: string;
  readonly unit: string;
  /** By network; `tun` is glasstcp's, the others the kernel's with itself. */
  readonly figures: Partial<Record<NetworkName, Figure>>;
  /** glasstcp's median by the kernel's over an offload-less veth pair; least and most of the rounds by themselves. */
  readonly ratio: Figure | null;
  readonly mark: number | null;
  readonly met: boolean | null;
}

/** Measurements of one load over one network, a round each. */
export class Results {
  private readonly found = new Map<string, Measured[]>();

  add(load: Load, network: NetworkName, measured: Measured): void {
    const key = `${load.name} ${network}`;
    this.found.set(key, [...(this.found.get(key) ?? []), measured]);
  }

  of(load: string, network: NetworkName): readonly Measured[] {
    return this.found.get(`${load} ${network}`) ?? [];
  }

  /** All of them, for the JSON. */
  get all(): readonly { load: string; network: string; rounds: readonly Measured[] }[] {
    return [...this.found].map(([key, rounds]) => {
      const [load, network] = key.split(' ') as [string, string];
      return { load, network, rounds };
    });
  }

  row(load: Load): Row {
    const figures: Row['figures'] = {};
    for (const network of ['tun', 'veth-plain', 'veth', 'loopback'] as const) {
      const values = this.of(network === 'tun' ? load.name : (load.against ?? load.name), network).map((m) => m.value);
      if (values.length > 0) figures[network] = figureOf(values);
    }
    const ratio = ratioOf(this.of(load.name, 'tun'), this.of(load.against ?? load.name, 'veth-plain'));
    const mark = load.mark ?? null;
    return {
      load: load.name, title: load.title, unit: load.unit, figures, ratio, mark,
      met: mark === null || ratio === null ? null : ratio.median >= mark,
    };
  }
}

export function figureOf(values: readonly number[]): Figure {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? (sorted[middle]) : ((sorted[middle - 1]) + (sorted[middle])) / 2;
  return { median, least: sorted[0], most: sorted.at(-1) as number };
}

/** Both of a round were measured one after the other, so their ratio survives what the machine did in between rounds. */
function ratioOf(ours: readonly Measured[], theirs: readonly Measured[]): Figure | null {
  const rounds = Math.min(ours.length, theirs.length);
  if (rounds === 0) return null;
  const each = Array.from({ length: rounds }, (_, i) => (ours[i]).value / (theirs[i]).value);
  const { least, most } = figureOf(each);
  return { median: figureOf(ours.map((m) => m.value)).median / figureOf(theirs.map((m) => m.value)).median, least, most };
}
