import { InterventionRequested } from '@wardline/event-contracts';
import { Handles, type BusinessEvent, type Envelope, type Handler, type Transaction } from '@wardline/event-handling';
import type { PgTransaction } from '../database/database.js';
import type { Interventions } from './interventions.js';
import { interventionRefused } from './intervention-events.js';
import { requestOf, type RequestedIntervention } from './intervention-request.js';
import { InterventionRefused } from './operation.js';

/**
 * Takes what a person decides by a message on `operations.intervention`, where it names this service: the same decisions
 * as over HTTP, with the same effects. Every service has it.
 */
@Handles(InterventionRequested)
export class TakeInterventionRequest implements Handler<InterventionRequested> {
  constructor(
    private readonly consumer: string,
    private readonly interventions: Interventions,
  ) {}

  async handle(envelope: Envelope<InterventionRequested>, tx: Transaction): Promise<BusinessEvent[]> {
    const { data } = envelope;
    if (data.consumer !== this.consumer) return [];
    await tx.query('SAVEPOINT decision');
    try {
      await this.#take(tx as PgTransaction, requestOf(data));
      return [];
    } catch (error) {
      if (!(error instanceof InterventionRefused)) throw error;
      await tx.query('ROLLBACK TO SAVEPOINT decision');
      const { action, dryRun, by } = data;
      const refused = { operationId: data.operationId ?? data.eventId, action, dryRun, by, message: error.message };
      return [interventionRefused(this.consumer, refused, envelope.receivedAt)];
    }
  }

  #take(tx: PgTransaction, asked: RequestedIntervention): Promise<unknown> {
    const { operations } = this.interventions;
    const { operationId, actor } = asked;
    switch (asked.kind) {
      case 'approve':
        return operations.approveIn(tx, operationId, actor);
      case 'cancel':
        return operations.cancelIn(tx, operationId, actor);
      case 'edit':
        return this.interventions.editIn(tx, operationId, asked.request, actor);
      case 'operation':
        return operations.requestIn(tx, operationId, asked.request, actor);
    }
  }
}
