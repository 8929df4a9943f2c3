/** `prove --capture FILE`: the packets of all labs that were played, each lab as an interface of its own, each packet with its explanation. */
import { CaptureError } from '../../capture/errors.js';
import { ExplainedCapture } from '../../capture/explained.js';
import { PcapngWriter } from '../../capture/pcapng-write.js';
import type { Lab } from '../../labs/lab.js';
import type { Setting } from '../../labs/run.js';
import { TEXTS } from '../../labs/text/catalog.js';
import type { Language } from '../../trace/language.js';
import type { Audience } from '../../trace/moment.js';
import type { Micros } from '../../util/units.js';
import { LineTeller } from '../lab/line-teller.js';
import type { Companion } from './evidence-recorder.js';

export class ProofCapture {
  private readonly writer: PcapngWriter;
  private written = 0;
  private closed = false;

  /** @throws CaptureError when the file cannot be opened */
  constructor(readonly path: string, private readonly language: Language) {
    this.writer = new PcapngWriter(path, { application: 'glasstcp prove' });
  }

  /** Packets of the labs that are over. */
  get packets(): number {
    return this.written;
  }

  /** For one lab; `over` writes what is still held. */
  begin(lab: Lab, setting: Setting): Companion & { over(): void } {
    const text = TEXTS[this.language][lab.id];
    let explained: ExplainedCapture | undefined;
    // Virtual time counts from 1970, so that the file is the same each time.
    const begun = (at: Micros): ExplainedCapture => (explained ??= this.interfaceOf(lab, text.title, setting === 'sim' ? 0 : Date.now() * 1_000 - at));
    const audience: Audience = {
      moment: (moment) => begun(moment.at).moment(moment),
      fate: (fate) => begun(fate.at).fate(fate),
      flush: () => explained?.flush(),
    };
    const teller = new LineTeller({ lab, text, audiences: [audience] });
    return {
      moment: (moment) => teller.moment(moment),
      sent: (sent) => teller.sent(sent),
      settle: () => teller.settle(),
      over: () => {
        teller.settle();
        explained?.close();
        this.written += explained?.packets ?? 0;
      },
    };
  }

  /** Completes the file. Idempotent. @throws CaptureError if something could not be written */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    try {
      this.writer.close();
    } catch (error) {
      throw error instanceof CaptureError ? error : CaptureError.from(error, this.path);
    }
  }

  /** The file stays open for the next lab. */
  private interfaceOf({ id }: Lab, description: string, epoch: Micros): ExplainedCapture {
    const shared = { addInterface: this.writer.addInterface.bind(this.writer), packet: this.writer.packet.bind(this.writer), close: () => undefined };
    return new ExplainedCapture(shared, { name: id, description, epoch, language: this.language });
  }
}
