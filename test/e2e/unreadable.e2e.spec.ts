import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@wardline/testing';
import { openStory, type Story } from './story.ts';
import { named, type Product, type Ward } from './hospital.ts';
import { consumption } from './outsider/upstream.ts';

describe('Bytes that nobody can read', () => {
  let story: Story;
  let ward: Ward;
  let cannula: Product;

  beforeAll(async () => {
    story = await openStory();
    ward = await story.hospital.ward();
    cannula = await story.hospital.product();
    await story.known(cannula, ward);
    return () => story.close();
  }, 300_000);

  it.each([
    { what: 'JSON', bytes: Buffer.from('{"product":"GLOVE-M","quantity":1}'), code: 'UNDECODABLE' },
    {
      what: 'a schema id that the registry does not know',
      bytes: Buffer.from([0, 0, 0x0f, 0x42, 0x3f, 1, 2]),
      code: 'UNKNOWN_SCHEMA',
    },
    { what: 'no value at all', bytes: null, code: 'EMPTY_VALUE' },
  ])(
    'are parked for the source ($what), and the next record of their key is taken',
    async ({ bytes, code }) => {
      const { upstream, services } = story;
      const key = `${ward.code}/${cannula.code}`;
      const mark = named('KEY');
      await upstream.sendBytes(mark, bytes);
      await upstream.sendBytes(key, bytes);
      const good = consumption(cannula.code, ward.code);
      await upstream.send(good);
      await story.posted(good, 60_000);
      const [parked] = await eventually(async () => {
        const found = await services.parked('consumption-ingest', { key: mark });
        expect(found).toMatchObject([{ code, owner: 'source-system', class: 'DATA' }]);
        return found;
      });
      await eventually(() => {
        const raised = story.subscriber.seen('ExceptionRaised', { exceptionId: parked?.exceptionId });
        expect(raised.map(({ data }) => data['code'])).toContain(code);
      });
      const decision = { by: 'j.lind', reason: 'told the sender' };
      expect(await services.decide('consumption-ingest', parked?.exceptionId ?? '', 'abandon', decision)).toBe(200);
      await eventually(() => {
        const resolved = story.subscriber.seen('ExceptionResolved', { exceptionId: parked?.exceptionId });
        expect(resolved.map(({ data }) => data)).toMatchObject([{ outcome: 'ABANDONED', ...decision }]);
      });
    },
    120_000,
  );
});
