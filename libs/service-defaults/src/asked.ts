import { BadRequestException, ConflictException, NotFoundException } from '@nestjs/common';
import { InterventionRefused } from '@wardline/outbox';
import { z } from 'zod';

/** The name of an acting person. */
export const personName = z.string().trim().min(1).max(200);

/** States, separated by commas. */
export const statesText = z.string().transform((text) => text.split(','));

/** Place after which a page goes on, as the previous one gave it. */
export const cursorText = z.string().regex(/^\d{1,18}$/, 'is no cursor of a previous page');

/** Most lines of a page. */
export const pageLimit = z.coerce.number().int().min(1).max(1_000);

/** Checks what came over HTTP; a 400 that names every wrong field at once. */
export function parseRequest<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new BadRequestException(
    result.error.issues.map((issue) => `${issue.path.join('.') || 'value'}: ${issue.message}`).join('; '),
  );
}

const answers = { WRONG: BadRequestException, NOT_FOUND: NotFoundException, NOT_POSSIBLE: ConflictException } as const;

/** Waits for a decision to be taken; why it is not becomes 400, 404 or 409. */
export async function decided<T>(decision: Promise<T>): Promise<T> {
  try {
    return await decision;
  } catch (error) {
    if (!(error instanceof InterventionRefused)) throw error;
    throw new answers[error.reason](error.message);
  }
}
