/** `lab run --capture FILE`: the packets of a lab in a file for Wireshark, each with its explanation. Opened before the play, so that a wrong path is told first. */
import { CaptureError } from '../../capture/errors.js';
import { ExplainedCapture } from '../../capture/explained.js';
import { PcapngWriter } from '../../capture/pcapng-write.js';
import type { Lab } from '../../labs/lab.js';
import type { Setting } from '../../labs/run.js';
import type { Language } from '../../trace/language.js';
import type { Audience, LinkFate, Moment } from '../../trace/moment.js';
import type { Micros } from '../../util/units.js';
import { sideNames } from './side-names.js';

export interface LabCaptureOptions {
  readonly path: string;
  readonly lab: Lab;
  readonly setting: Setting;
  readonly language: Language;
}

export class LabCapture implements Audience {
  private readonly writer: PcapngWriter;
  private explained: ExplainedCapture | undefined;
  private closed = false;

  /** @throws CaptureError when the file cannot be opened */
  constructor(private readonly options: LabCaptureOptions) {
    this.writer = new PcapngWriter(options.path, { application: `glasstcp lab ${options.lab.id}` });
  }

  get path(): string {
    return this.options.path;
  }

  /** Packets in the file so far. */
  get packets(): number {
    return this.explained?.packets ?? 0;
  }

  moment(moment: Moment): void {
    this.begun(moment.at).moment(moment);
  }

  fate(fate: LinkFate): void {
    this.begun(fate.at).fate(fate);
  }

  flush(): void {
    this.explained?.flush();
  }

  /** Completes the file. Idempotent. @throws CaptureError if something could not be written */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    try {
      if (this.explained === undefined) this.writer.close();
      else this.explained.close();
    } catch (error) {
      throw error instanceof CaptureError ? error : CaptureError.from(error, this.options.path);
    }
  }

  /** Virtual time counts from 1970, so that the file is the same each time. */
  private begun(at: Micros): ExplainedCapture {
    const { lab, setting, language } = this.options;
    const { left, right } = sideNames(lab, setting, language);
    const epoch = setting === 'sim' ? 0 : Date.now() * 1_000 - at;
    this.explained ??= new ExplainedCapture(this.writer, { name: 'lab0', description: `${left} – ${right}`, epoch, language });
    return this.explained;
  }
}
