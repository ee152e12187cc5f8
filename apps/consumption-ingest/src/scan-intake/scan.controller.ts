import { BadRequestException, Body, Controller, HttpCode, Post } from '@nestjs/common';
import { Describes } from '@wardline/service-defaults';
import { z } from 'zod';
import { mostScans, scanShape } from './scan.js';
import { ScanIntake, type ScanAnswer, type ScanPreview } from './scan-intake.js';

const named = { source: z.string().nullable(), scanId: z.string().nullable() };
const findings = z.array(z.string());
const refused = z.object({
  ...named,
  ...{ outcome: z.literal('refused'), code: z.string(), message: z.string(), remedy: z.string(), owner: z.string() },
});
const taken = z.object({ ...named, outcome: z.enum(['taken', 'repeated']), eventId: z.uuid(), findings });
const readable = z.object({
  ...{
    ...named,
    outcome: z.literal('readable'),
    topic: z.string(),
    record: z.record(z.string(), z.unknown()),
    findings,
  },
});
const oneOrList = <T extends z.ZodType>(one: T) => z.union([one, z.array(one).min(1).max(mostScans)]);
const body = oneOrList(scanShape);

/** Where scanners and cabinets send scans: one, or a list of up to 500, answered in the form in which they came. */
@Controller('scans')
export class ScanController {
  constructor(private readonly intake: ScanIntake) {}

  /** Answered after the commit. */
  @Post()
  @HttpCode(200)
  @Describes({ summary: 'Takes scans, each once', body, answer: oneOrList(z.union([taken, refused])) })
  async take(@Body() body: unknown): Promise<ScanAnswer | ScanAnswer[]> {
    const answers = await this.intake.take(listOf(body));
    return Array.isArray(body) ? answers : answers[0]!;
  }

  /** Nothing is kept and nothing sent: for whoever sets up a scanner. */
  @Post('preview')
  @HttpCode(200)
  @Describes({ summary: 'What scans would become', body, answer: oneOrList(z.union([readable, refused])) })
  async preview(@Body() body: unknown): Promise<ScanPreview | ScanPreview[]> {
    const previews = await this.intake.preview(listOf(body));
    return Array.isArray(body) ? previews : previews[0]!;
  }
}

function listOf(body: unknown): readonly unknown[] {
  if (typeof body !== 'object' || body === null)
    throw new BadRequestException('The body is no scan and no list of scans.');
  if (!Array.isArray(body)) return [body];
  if (body.length > 0 && body.length <= mostScans) return body;
  throw new BadRequestException(`A list has 1 to ${mostScans} scans, this one has ${body.length}: send it in parts.`);
}
