/** Every lab that answers a claim, played in virtual time: the same each time. */
import { LABS } from '../../src/labs/all.js';
import { type LabReport, reportOf } from '../../src/labs/report.js';
import { runLab } from '../../src/labs/run.js';
import { type Listing, LISTINGS, listingOf } from './listing.js';

export interface Runs {
  readonly reports: ReadonlyMap<string, LabReport>;
  /** Of the labs whose segments the page lists. */
  readonly listings: ReadonlyMap<string, Listing>;
}

/** @throws Error when a lab does not show what it is to show: nothing is written then */
export async function playAll(): Promise<Runs> {
  const reports = new Map<string, LabReport>();
  const listings = new Map<string, Listing>();
  for (const lab of LABS) {
    const result = await runLab(lab, { setting: 'sim' });
    if (result.failure !== null) throw new Error(`${lab.id} did not show "${result.failure.key}": ${result.failure.instead}`);
    reports.set(lab.id, reportOf(result));
    if (Object.values(LISTINGS).includes(lab.id)) listings.set(lab.id, listingOf(result));
  }
  return { reports, listings };
}
