import { readFileSync } from 'node:fs';
import { catalogue } from '@wardline/event-contracts';
import { describe, expect, it } from 'vitest';

const outside = ['upstream', 'subscribers'];
const services = [...new Set(catalogue.flatMap(({ readers, writers }) => [...readers, ...writers]))].filter(
  (name) => !outside.includes(name),
);

/** The topics of the one line of a canvas that begins with the heading, such as "Consumes: `a`, `b`". */
function topicsOf(service: string, heading: string): string[] {
  const canvas = readFileSync(new URL(`../../apps/${service}/README.md`, import.meta.url), 'utf8');
  const lines = canvas.split('\n').filter((line) => line.startsWith(`${heading}: `));
  expect(lines, `apps/${service}/README.md needs exactly one line that begins with "${heading}: "`).toHaveLength(1);
  return [...lines[0]!.matchAll(/`([^`]+)`/g)].map(([, topic]) => topic!).sort();
}

describe.each(services)('the canvas of %s', (service) => {
  it('lists the topics that the catalogue lets it read', () => {
    const readable = catalogue.filter(({ readers }) => readers.includes(service)).map(({ name }) => name);
    expect(topicsOf(service, 'Consumes')).toEqual(readable.sort());
  });

  it('lists the topics that the catalogue lets it write', () => {
    const writable = catalogue.filter(({ writers }) => writers.includes(service)).map(({ name }) => name);
    expect(topicsOf(service, 'Publishes')).toEqual(writable.sort());
  });
});

it('the catalogue names the services of the design, each with a canvas', () => {
  expect(services.sort()).toEqual([
    ...['consumption-ingest', 'finance-posting', 'inventory-sync'],
    ...['odoo-adapter', 'procure-to-pay', 'reconciliation'],
  ]);
});
