import { describe, expect, it } from 'vitest';
import { golden, goldenDocuments } from '../test/golden-documents.js';
import { hospitalDocuments } from '../test/hospital-documents.js';
import type { Place } from './epc.js';
import { readDocument } from './event.js';
import { readEvent, type EventReading } from './read-event.js';
import { meaningOfStep } from './vocabulary.js';

const { document, object, pieces, dock } = golden;

/** What an event says, in a line. */
function brief(event: EventReading): string {
  const { meaning, items, source, destination, readPoint, bizLocation, documents, isError, reason, problems } = event;
  const place = ({ gln, extension }: Place): string => (extension === null ? gln : `${gln}.${extension}`);
  const what = 'kind' in meaning ? meaning.kind : 'operation' in meaning ? meaning.operation : meaning.effect;
  const parts = [
    meaning.effect === 'departure' && meaning.isReturn ? 'departure back' : what,
    items
      .map(({ gtin, lotNumber, serialNumber, quantity, unit }) =>
        [gtin, lotNumber && `lot ${lotNumber}`, serialNumber && `S/N ${serialNumber}`, quantity, unit]
          .filter(Boolean)
          .join(' '),
      )
      .join(', '),
    source && destination && `from ${place(source)} to ${place(destination)}`,
    readPoint && `at ${place(readPoint)}`,
    bizLocation && `now ${place(bizLocation)}`,
    documents.map(({ type, reference }) => `${type} ${reference}`).join(', '),
    isError && `error: ${reason}`,
    problems.map(({ code }) => code).join(', '),
  ];
  return parts.filter(Boolean).join(' · ');
}

function eventsOf(given: unknown): EventReading[] {
  const read = readDocument(given);
  if (!read.ok) throw new Error(read.problem);
  return read.events.map((event) => {
    const result = readEvent(event);
    if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('; '));
    return result.event;
  });
}

describe('an EPCIS document', () => {
  const all = [...goldenDocuments, ...hospitalDocuments];
  it.each(all)('says what happened: $name ($follows)', ({ document: given, says }) => {
    expect(eventsOf(given).map(brief)).toEqual(says);
  });

  it('says in what condition goods came, and where their temperature is recorded', () => {
    const log = 'https://logs.example/LOG-4711';
    const element = (type: string) => ({ sensorMetadata: { rawData: log }, sensorReport: [{ type, value: 4.5 }] });
    const came = (more: object): EventReading =>
      eventsOf(document(object({ epcList: pieces, bizStep: 'receiving', readPoint: dock, ...more })))[0]!;
    const disposition = 'urn:epcglobal:cbv:disp:damaged';
    const humid = { sensorElementList: [element('AbsoluteHumidity'), element('Temperature')] };
    expect(came({ disposition, ...humid })).toMatchObject({ condition: 'DAMAGED', temperatureLog: log });
    expect(came({ disposition: 'conformant' })).toMatchObject({ condition: 'CONFORMANT', temperatureLog: null });
    expect(came({ sensorElementList: [element('AbsoluteHumidity')] })).toMatchObject({
      ...{ condition: null, temperatureLog: null },
    });
  });

  it('is told from anything else', () => {
    for (const other of [null, 7, 'EPCISDocument', [], {}, { type: 'Invoice' }])
      expect(readDocument(other)).toMatchObject({ ok: false, problem: expect.stringContaining('EPCISDocument') });
    const early = { ...document(), schemaVersion: '1.2' };
    expect(readDocument(early)).toEqual({
      ok: false,
      problem: 'schemaVersion: must be 2.0; earlier versions are not taken.',
    });
  });
});

describe('an event', () => {
  const event = object({ epcList: pieces, bizStep: 'dispensing', readPoint: dock });
  const reading = (given: object): EventReading => eventsOf({ ...event, ...given })[0]!;

  it('happened at its time, in whatever zone', () => {
    expect(reading({}).occurredAt).toEqual(new Date('2026-11-21T07:10:00Z'));
  });

  it('without an eventID is known by what it says, however it is written and whenever it was recorded', () => {
    const { id } = reading({});
    const reordered = Object.fromEntries(Object.entries({ ...event, recordTime: '2026-11-22T00:00:00Z' }).reverse());
    expect(eventsOf(reordered)[0]!.id).toBe(id);
    expect(reading({ bizStep: 'receiving' }).id).not.toBe(id);
    expect(reading({ eventID: 'urn:uuid:1' }).id).toBe('urn:uuid:1');
  });

  it('says the same when it is declared an error', () => {
    const errorDeclaration = { declarationTime: '2026-11-21T09:00:00Z' };
    const { statement } = reading({ eventID: 'urn:uuid:1' });
    expect(reading({ eventID: 'urn:uuid:1', errorDeclaration })).toMatchObject({ statement, isError: true });
  });

  it('that is wrong is refused with every place that is wrong', () => {
    const wrong = { ...event, eventTime: 'yesterday', eventTimeZoneOffset: 'CET', eventID: 'urn:uuid:1' };
    expect(readEvent(wrong)).toMatchObject({
      ok: false,
      id: 'urn:uuid:1',
      problems: [
        { code: 'EVENT_INVALID', message: expect.stringContaining('eventTime: must be a time') },
        { message: expect.stringContaining('eventTimeZoneOffset: must be an offset') },
      ],
    });
    for (const other of [null, 7, 'x', [], {}]) expect(readEvent(other)).toMatchObject({ ok: false, id: null });
  });

  it.each([
    ['a company prefix that is too short', 'urn:epc:id:sgtin:061.107346.2017'],
    ['too many digits', 'urn:epc:id:sgtin:0614141.1073467.2017'],
    ['no serial number', 'urn:epc:id:sgtin:0614141.107346.'],
    ['an escape that is none', 'urn:epc:id:sgtin:0614141.107346.%ZZ'],
    ['a Digital Link with a wrong check digit', 'https://id.gs1.org/01/04012345123457/21/1'],
    ['a class among instances', 'urn:epc:class:lgtin:4012345.012345.998877'],
    ['an asset', 'urn:epc:id:giai:4012345.987'],
  ])('with %s is refused and says which', (_, epc) => {
    const { problems } = reading({ epcList: [epc] });
    expect(problems).toMatchObject([{ code: 'IDENTIFIER_INVALID' }]);
    expect(problems[0]!.message).toContain(epc.startsWith('http') ? '04012345123457' : epc);
  });

  it('counts as its words mean, however they are written', () => {
    const forms = ['dispensing', 'urn:epcglobal:cbv:bizstep:dispensing', 'cbv:BizStep-dispensing'];
    for (const form of forms) expect(meaningOfStep(form, null)).toEqual({ effect: 'consumption', kind: 'USED' });
    expect(meaningOfStep('consuming', null).effect).toBe('unknown');
    expect(meaningOfStep('void_shipping', null).effect).toBe('unknown');
  });
});
