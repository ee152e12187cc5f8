import { Command, Flags } from '@oclif/core';
import { catalogue } from '@wardline/event-contracts';
import { exitCode } from '../exit.js';
import { commonFlags } from '../flags.js';
import { openSite, type Site } from '../site.js';
import { oneLine } from '../terminal/columns.js';
import type { Finding } from './finding.js';
import { checkKafka } from './kafka-checks.js';
import { judgeNode } from './node-check.js';
import { checkRegistry } from './registry-checks.js';
import { checkService } from './service-checks.js';

/** `wardline doctor`: exit code 1 when anything is wrong. */
export class DoctorCommand extends Command {
  static override summary = 'Look at everything Wardline stands on; say what is wrong, whose job it is and what to do.';
  static override description =
    'Broker, topics, rights, consumer groups, schema registry and schemas, services with versions and clocks, Odoo. Kafka has no ' +
    'way to ask a broker for its clock.';
  static override flags = {
    ...commonFlags,
    problems: Flags.boolean({ description: 'Only what is wrong.' }),
    as: Flags.string({
      description: 'Ask for the rights that this service or party needs, such as inventory-sync or upstream.',
    }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(DoctorCommand);
    const site = openSite(this.config.configDir, flags.profile);
    site.terminal.progress('looking …');
    const findings = await examine(site, this.config.version, flags.as);
    const shown = flags.problems ? findings.filter(({ ok }) => !ok) : findings;
    const problems = findings.filter(({ ok }) => !ok).length;
    if (flags.json) site.terminal.data(JSON.stringify({ ok: problems === 0, problems, findings: shown }));
    else for (const line of shown.flatMap(findingLines)) site.terminal.data(line);
    site.terminal.note(problems === 0 ? 'all is well' : `${problems} of ${findings.length} are wrong`);
    if (problems > 0) process.exitCode = exitCode.failed;
  }
}

async function examine(site: Site, version: string, as: string | undefined): Promise<Finding[]> {
  const parts = await Promise.all([
    checkKafka(site, catalogue, as),
    checkRegistry(site.registry, catalogue),
    ...site.services.map((service) => checkService(service, version)),
  ]);
  return [judgeNode(process.version), ...parts.flat()];
}

function findingLines({ ok, subject, found, owner, remedy }: Finding): string[] {
  if (ok) return [oneLine(`ok     ${subject}: ${found}`)];
  return [oneLine(`WRONG  ${subject}: ${found} → ${owner}: ${remedy}`)];
}
