import { Reject } from '@wardline/event-handling';
import { OdooFault } from '@wardline/odoo-client';
import { bisect } from './bisect.js';
import { isAboutDocuments, NotExecuted, refusalFor } from './odoo-fault.js';
import { findOrMakeLots, namedLotOf, withLot } from './make-lots.js';
import { findOrMakePlaces, namedPlacesOf, withPlaces } from './make-places.js';
import type { OdooLots } from './odoo-lots.js';
import type { OdooPickings } from './odoo-pickings.js';
import type { OdooPlaces } from './odoo-places.js';
import type { PickingDocument } from './picking-document.js';
import { differences, type PickingRecord } from './verify-posting.js';

/**
 * What became of one document. `later`: tried again after a pause while its key waits, the lane goes on. `unfinished`: an
 * outage; whether it is in Odoo is not known. `held`: nothing was done, an earlier one of its key was refused.
 */
export type Outcome =
  | { readonly kind: 'posted'; readonly recordId: number; readonly reference: string }
  | { readonly kind: 'refused'; readonly reason: Reject; readonly discarded: boolean }
  | { readonly kind: 'held' }
  | { readonly kind: 'later'; readonly reason: string }
  | { readonly kind: 'unfinished'; readonly reason: string };

/** The calls about the documents that a lane writes. */
export interface OdooDocuments {
  readonly pickings: OdooPickings;
  readonly lots: OdooLots;
  readonly places: OdooPlaces;
}

const faultTries = 5;

/**
 * Posts documents, given in order, and reads back what it claims. Looks before it writes; bisects a failing batch down to
 * the one document at fault; leaves nothing of a refused one in Odoo. Never throws for Odoo: each document has an outcome.
 */
export async function postDocuments(
  { pickings, lots, places }: OdooDocuments,
  documents: readonly PickingDocument[],
): Promise<Map<string, Outcome>> {
  const run = new PostingRun(pickings, lots, places);
  try {
    const waiting = await run.lookUp(await run.findLots(await run.findPlaces(documents)));
    await run.create(waiting);
    await run.validate(waiting);
    await run.discardHeld(documents);
  } catch (error) {
    run.leaveOpen(documents, error);
  }
  return run.outcomes;
}

class PostingRun {
  readonly outcomes = new Map<string, Outcome>();
  readonly #ids = new Map<string, number>();
  readonly #blocked = new Set<string>();

  constructor(
    private readonly pickings: OdooPickings,
    private readonly lots: OdooLots,
    private readonly places: OdooPlaces,
  ) {}

  /** Gives documents that name a place of quarantine its id, and makes those that Odoo does not have. */
  async findPlaces(documents: readonly PickingDocument[]): Promise<PickingDocument[]> {
    return this.#complete(
      documents,
      (document) => namedPlacesOf(document).length > 0,
      async (part) => {
        const known = await findOrMakePlaces(this.places, part);
        return (document) => withPlaces(document, known);
      },
    );
  }

  /** Gives documents that name a lot its id: a transfer is compared and made by ids alone. */
  async findLots(documents: readonly PickingDocument[]): Promise<PickingDocument[]> {
    return this.#complete(
      documents,
      (document) => namedLotOf(document) !== null,
      async (part) => {
        const known = await findOrMakeLots(this.lots, part);
        return (document) => withLot(document, known);
      },
    );
  }

  /** Completes the documents that name something instead of its id, and answers all that are not settled. */
  async #complete(
    documents: readonly PickingDocument[],
    isNaming: (document: PickingDocument) => boolean,
    completion: (part: readonly PickingDocument[]) => Promise<(document: PickingDocument) => PickingDocument>,
  ): Promise<PickingDocument[]> {
    const ready = new Map(documents.map((document) => [document.externalId, document]));
    await bisect(documents.filter(isNaming), {
      attempt: async (part) => {
        const complete = await completion(part);
        for (const document of part) ready.set(document.externalId, complete(document));
      },
      isAboutItems: isAboutDocuments,
      blame: (document, error) => this.#refuse(document, error),
      isSettled: (document) => this.#isSettled(document),
    });
    return documents.filter((document) => !this.#isSettled(document)).map(({ externalId }) => ready.get(externalId)!);
  }

  /** Settles what is already done in Odoo and answers the rest; a transfer that is not what we would create is removed. */
  async lookUp(documents: readonly PickingDocument[]): Promise<PickingDocument[]> {
    const found = await this.pickings.lookUp(documents.map(({ externalId }) => externalId));
    const stale: number[] = [];
    for (const document of documents) {
      const record = found.get(document.externalId);
      if (record === undefined) continue;
      if (record.state === 'done') this.#settleDone(document, record);
      else if (record.state !== 'cancel' && differences(document, record).length === 0) {
        this.#ids.set(document.externalId, record.id);
      } else stale.push(record.id);
    }
    await this.pickings.discard(stale);
    return documents.filter((document) => !this.#isSettled(document));
  }

  async create(documents: readonly PickingDocument[]): Promise<void> {
    const absent = documents.filter(({ externalId }) => !this.#ids.has(externalId));
    await bisect(absent, {
      attempt: (part) => this.#createTogether(part),
      isAboutItems: isAboutDocuments,
      blame: (document, error) => this.#refuse(document, error),
      isSettled: (document) => this.#isSettled(document),
    });
  }

  async validate(documents: readonly PickingDocument[]): Promise<void> {
    await bisect(documents, {
      attempt: (part) => this.#validateTogether(part),
      isAboutItems: isAboutDocuments,
      blame: (document, error) => this.#refuse(document, error),
      isSettled: (document) => this.#isSettled(document),
    });
  }

  /** Drafts of documents that now wait behind a refused one would reserve stock in Odoo: they go, and come back in their turn. */
  async discardHeld(documents: readonly PickingDocument[]): Promise<void> {
    const held = documents.filter((document) => this.#isHeld(document));
    for (const { externalId } of held) this.outcomes.set(externalId, { kind: 'held' });
    await this.pickings
      .discard(held.flatMap(({ externalId }) => this.#ids.get(externalId) ?? []))
      .catch(() => undefined);
  }

  leaveOpen(documents: readonly PickingDocument[], error: unknown): void {
    for (const document of documents) {
      if (this.#isHeld(document)) this.outcomes.set(document.externalId, { kind: 'held' });
      else if (!this.outcomes.has(document.externalId)) {
        this.outcomes.set(document.externalId, { kind: 'unfinished', reason: (error as Error).message });
      }
    }
  }

  async #createTogether(part: readonly PickingDocument[]): Promise<void> {
    try {
      const ids = await this.pickings.create(part);
      part.forEach(({ externalId }, row) => this.#ids.set(externalId, ids[row]!));
    } catch (error) {
      if (!(error instanceof OdooFault)) throw error;
      const found = await this.pickings.lookUp(part.map(({ externalId }) => externalId));
      if (part.some(({ externalId }) => !found.has(externalId))) throw error;
      for (const [externalId, { id }] of found) this.#ids.set(externalId, id);
    }
  }

  async #validateTogether(part: readonly PickingDocument[]): Promise<void> {
    const ids = part.flatMap(({ externalId }) => this.#ids.get(externalId) ?? []);
    let said: unknown;
    try {
      said = await this.pickings.validate(ids);
    } catch (error) {
      if (!(error instanceof OdooFault)) throw error;
      if (!(await this.#settleReadBack(part, ids))) throw error;
      return;
    }
    if (!(await this.#settleReadBack(part, ids))) throw new NotExecuted(inWords(said));
  }

  /** Settles what reads back as done; answers whether that is everything. */
  async #settleReadBack(part: readonly PickingDocument[], ids: readonly number[]): Promise<boolean> {
    const records = await this.pickings.read(ids);
    for (const document of part) {
      const record = records.get(this.#ids.get(document.externalId) ?? -1);
      if (record?.state === 'done') this.#settleDone(document, record);
    }
    return part.every((document) => this.outcomes.has(document.externalId));
  }

  #settleDone(document: PickingDocument, record: PickingRecord): void {
    const found = differences(document, record);
    if (found.length === 0) {
      this.outcomes.set(document.externalId, { kind: 'posted', recordId: record.id, reference: record.name });
      return;
    }
    const message = `Odoo's transfer ${record.name} is done but says ${found.join(', ')}. Correct the stock in Odoo.`;
    const reason = new Reject('POSTED_DIFFERENTLY', message, { class: 'BUSINESS' });
    this.outcomes.set(document.externalId, { kind: 'refused', reason, discarded: false });
    this.#blocked.add(document.key);
  }

  async #refuse(document: PickingDocument, error: unknown): Promise<void> {
    this.#blocked.add(document.key);
    if (error instanceof OdooFault && document.attempt < faultTries) {
      this.outcomes.set(document.externalId, { kind: 'later', reason: error.message });
      return;
    }
    const discarded = await this.#discard(document);
    this.outcomes.set(document.externalId, { kind: 'refused', reason: refusalFor(error), discarded });
  }

  /** Removes the draft of a refused document; answers false when Odoo will not let it go. An outage is thrown: it is then not settled. */
  async #discard({ externalId }: PickingDocument): Promise<boolean> {
    const id = this.#ids.get(externalId);
    if (id === undefined) return true;
    try {
      await this.pickings.discard([id]);
      return true;
    } catch (error) {
      if (!isAboutDocuments(error)) throw error;
      return false;
    }
  }

  #isSettled(document: PickingDocument): boolean {
    return this.outcomes.has(document.externalId) || this.#blocked.has(document.key);
  }

  #isHeld(document: PickingDocument): boolean {
    return !this.outcomes.has(document.externalId) && this.#blocked.has(document.key);
  }
}

function inWords(answer: unknown): string {
  if (typeof answer === 'object' && answer !== null) {
    const { name, res_model: model, tag } = answer as { name?: unknown; res_model?: unknown; tag?: unknown };
    const wizard = [name, model ?? tag].filter((part) => typeof part === 'string').join(', ');
    return `Odoo asks a person before it validates: ${wizard || 'a dialogue without a name'}`;
  }
  return `Odoo answered ${JSON.stringify(answer)} and did not validate the transfer`;
}
