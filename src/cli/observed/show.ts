/** The three ways in which `glasstcp read` shows a capture: ladders, a table, JSON; each ends with a summary. */
import type { Overlooked, Sighting } from '../../observe/sighting.js';
import type { Micros } from '../../util/units.js';
import type { Output } from '../output.js';
import type { Terminal } from '../terminal.js';
import { LadderView } from './ladder-view.js';
import { isSighting } from './observed-source.js';
import type { ReadOptions } from './read-options.js';
import { isRemarkable } from './remarks.js';
import { jsonLine, overlookedJson, sightingJson } from './sighting-json.js';
import { type Circumstances, conversationJson, summaryJson, summaryText } from './tally-text.js';
import { TableView } from './table-view.js';
import type { Tally } from './tally.js';

export interface Show {
  /** @param start instant of the capture's first packet */
  see(seen: Sighting | Overlooked, start: Micros): void;
  finish(tally: Tally, circumstances: Circumstances): void;
}

/** Ladders drawn when nobody has asked for particular ones. */
const LADDERS = 5;

export function showAs(options: ReadOptions, { terminal, out }: { readonly terminal: Terminal; readonly out: Output }): Show {
  const write = (text: string): void => out.write(text);
  if (options.format === 'json') return new JsonShow(options, write);
  const body = options.quiet ? undefined : options.format === 'table' ? tableBody(options, terminal, write) : ladderBody(options, terminal, write);
  return {
    see: (seen, start) => body?.see(seen, start),
    finish: (tally, circumstances) => {
      const leftOut = body?.finish() === true;
      write(summaryText(tally, { ...circumstances, leftOut }, { terminal, verbose: options.verbose }));
    },
  };
}

interface Body {
  see(seen: Sighting | Overlooked, start: Micros): void;
  /** @returns whether there were conversations that it did not show */
  finish(): boolean;
}

function tableBody({ verbose, problems }: ReadOptions, terminal: Terminal, write: (text: string) => void): Body {
  // Whoever asks for problems wants to know all about them.
  const view = new TableView({ terminal, write, verbose: verbose || problems });
  return {
    see: (seen, start) => {
      if (!problems || (isSighting(seen) && isRemarkable(seen))) view.see(seen, start);
    },
    finish: () => {
      write('\n');
      return false;
    },
  };
}

function ladderBody({ verbose, problems, streams }: ReadOptions, terminal: Terminal, write: (text: string) => void): Body {
  const view = new LadderView({ terminal, write, verbose, problems, most: streams?.size ?? LADDERS });
  return {
    see: (seen, start) => {
      if (isSighting(seen)) view.see(seen, start);
    },
    finish: () => {
      view.finish();
      return view.leftOut;
    },
  };
}

class JsonShow implements Show {
  private start = 0;

  constructor(private readonly options: ReadOptions, private readonly write: (text: string) => void) {}

  see(seen: Sighting | Overlooked, start: Micros): void {
    this.start = start;
    const { quiet, problems } = this.options;
    if (quiet || (problems && !(isSighting(seen) && isRemarkable(seen)))) return;
    this.write(isSighting(seen) ? sightingJson(seen, start) : overlookedJson(seen, start));
  }

  finish(tally: Tally, circumstances: Circumstances): void {
    for (const story of tally.stories()) this.write(jsonLine(conversationJson(story, this.start)));
    this.write(jsonLine(summaryJson(tally, circumstances)));
  }
}
