import { setTimeout as sleep } from 'node:timers/promises';
import type { EventSink, OutboundRecord } from '@wardline/event-handling';
import type { Deed, Step } from './orders.ts';

interface Armed {
  readonly step: Step;
  readonly deed: Deed;
  left: number;
}

/** Lets this process die or stop at a step, by its own hand, so that it is exactly there. */
export class Failpoints {
  #armed: Armed | undefined;
  readonly #reached: (step: Step) => Promise<void>;

  constructor(reached: (step: Step) => Promise<void>) {
    this.#reached = reached;
  }

  arm(step: Step, nth: number, deed: Deed): void {
    this.#armed = { step, deed, left: nth };
  }

  disarm(): void {
    this.#armed = undefined;
  }

  readonly pass = async (step: Step): Promise<void> => {
    if (this.#armed?.step !== step) return;
    this.#armed.left -= 1;
    if (this.#armed.left > 0) return;
    const { deed } = this.#armed;
    this.#armed = undefined;
    await this.#reached(step);
    process.kill(process.pid, deed === 'die' ? 'SIGKILL' : 'SIGSTOP');
  };

  /** A sink with the step between sending and acknowledgement. */
  around(sink: EventSink): EventSink {
    const sent = async (): Promise<void> => {
      if (this.#armed?.step !== 'relay:sent') return;
      await sleep(1); // the bytes leave the process in the meantime; whether the broker has them is open
      await this.pass('relay:sent');
    };
    return {
      publish: async (records: readonly OutboundRecord[]) => {
        await Promise.all([sink.publish(records), sent()]);
      },
    };
  }
}
