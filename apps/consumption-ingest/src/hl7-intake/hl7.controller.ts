import { Body, Controller, Get, HttpCode, Inject, NotFoundException, Post, Query } from '@nestjs/common';
import { preview, type Preview, type SenderProfile } from '@wardline/hl7v2';
import { Database } from '@wardline/outbox';
import { parseRequest } from '@wardline/service-defaults';
import { z } from 'zod';
import { Hl7MessageStore, type MessageView } from './hl7-message.store.js';
import { HL7_SETTINGS, type Hl7Settings } from './hl7-settings.js';
import { PlacesOfUse } from './place-of-use.js';

const listQuery = z.strictObject({
  outcome: z.enum(['accepted', 'refused']).nullable().default(null),
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .nullable()
    .default(null),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});
const previewBody = z.strictObject({ profile: z.string(), text: z.string().max(1_000_000) });

/** What HL7 senders sent and what became of it, and what a message would become. */
@Controller('hl7')
export class Hl7Controller {
  constructor(
    private readonly database: Database,
    private readonly messages: Hl7MessageStore,
    @Inject(HL7_SETTINGS) private readonly settings: Hl7Settings | null,
    @Inject(PlacesOfUse) private readonly places: PlacesOfUse | null,
  ) {}

  @Get('messages')
  list(@Query() query: unknown): Promise<MessageView[]> {
    const asked = parseRequest(listQuery, query);
    return this.database.transaction((tx) => this.messages.list(tx, asked));
  }

  @Get('profiles')
  profiles(): readonly SenderProfile[] {
    return this.settings?.profiles ?? [];
  }

  /** Nothing is kept and nothing sent: for whoever writes a profile. Wards by encounter are those known now. */
  @Post('preview')
  @HttpCode(200)
  async preview(@Body() body: unknown): Promise<Preview> {
    const { profile: name, text } = parseRequest(previewBody, body);
    const profile = this.profiles().find((one) => one.name === name);
    if (profile === undefined) {
      const names = this.profiles().map((one) => one.name);
      throw new NotFoundException(
        `There is no sender profile ${name}; there ${names.length === 0 ? 'is none: HL7_PROFILES is not set' : `are ${names.join(', ')}`}.`,
      );
    }
    return this.#placed(preview(profile, text));
  }

  async #placed(shown: Preview): Promise<Preview> {
    const { places } = this;
    if (!shown.readable || places === null) return shown;
    const { reading } = shown;
    const { placed, findings } = await this.database.transaction((tx) => places.place(tx, reading.records));
    return { ...shown, reading: { ...reading, records: placed, findings: [...reading.findings, ...findings] } };
  }
}
