/** Counts what a program does and answers the benchmark's marks; ends the program when the benchmark is gone. */
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import type { DeviceTotals, Job, Report, Request } from './job.js';

export const job = JSON.parse(process.argv[2]) as Job;

const tell = (report: Report): void => void process.send?.(report);

class Meter {
  octets = 0;
  operations = 0;
  failures = 0;
  device: (() => DeviceTotals) | undefined;
  private profiler: Session | null = null;

  constructor() {
    process.on('message', (request: Request) => this.mark(request));
    process.on('disconnect', () => process.exit());
  }

  ready(): void {
    tell({ ready: true });
  }

  private mark({ profile }: Request): void {
    const { user, system } = process.cpuUsage();
    const mark = {
      at: performance.now() * 1000, octets: this.octets, operations: this.operations, failures: this.failures,
      userTime: user, systemTime: system, device: this.device?.(),
    };
    if (profile !== undefined) this.profile(profile);
    tell({ mark }); // last: a program that has told its second mark may be ended
  }

  private profile(file: string): void {
    const { profiler } = this;
    if (profiler === null) {
      this.profiler = new Session();
      this.profiler.connect();
      this.profiler.post('Profiler.enable');
      this.profiler.post('Profiler.setSamplingInterval', { interval: 250 });
      this.profiler.post('Profiler.start');
    } else {
      profiler.post('Profiler.stop', (_error, result) => writeFileSync(file, JSON.stringify(result.profile)));
    }
  }
}

export const meter = new Meter();
