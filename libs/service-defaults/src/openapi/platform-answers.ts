import { z } from 'zod';

/*
 * What every service answers of itself and its parked messages. Loose: what an answer has beside these is told by its type,
 * which may grow.
 */

/** `GET /health/...`. */
export const healthAnswer = z.looseObject({ status: z.enum(['up', 'down']), reasons: z.array(z.string()) });

/** `GET /info`. */
export const infoAnswer = z.looseObject({ service: z.string(), subscriptions: z.array(z.unknown()) });

/** `GET /diagnosis`. */
export const diagnosisAnswer = z.looseObject({ version: z.string(), node: z.string(), time: z.iso.datetime() });

/** A page of anything. */
export const pageAnswer = z.looseObject({ items: z.array(z.looseObject({})) });

/** `GET /parked/groups`. */
export const groupsAnswer = z.looseObject({ groups: z.array(z.looseObject({})), snapshot: z.string() });

/** A parked message, whole or in part. */
export const parkedAnswer = z.looseObject({ exceptionId: z.guid() });

/** What a person decided about a parked message. */
export const decidedAnswer = z.looseObject({ exceptionId: z.guid(), state: z.string(), operationId: z.guid() });

/** A decision about messages, and how far it is. */
export const operationAnswer = z.looseObject({ operationId: z.guid(), action: z.string(), state: z.string() });

/** When 404 and 409 are given. */
export const notThere = { 404: 'There is none of this id.' } as const;
export const notThereOrNotNow = { ...notThere, 409: 'It cannot be done as things stand.' } as const;
