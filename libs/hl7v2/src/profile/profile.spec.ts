import { describe, expect, it } from 'vitest';
import { exampleProfiles } from './example-profiles.js';
import { preview, previewText } from './preview.js';
import { readProfile } from './profile.js';

const cabinet = exampleProfiles[0]!;
const msh = 'MSH|^~\\&|CABINET|NORTH|WARDLINE|HOSP|20261121081600||DFT^P03|M-1|P|2.3';
const pid = 'PID|1||PT1001||TESTCASE^ALPHA';
const ft1 = 'FT1|1|T-1|B1|20261121081500||CG|SYR10^SYRINGE|||2||||||NORTH-ICU';

describe('A profile', () => {
  it('is data: it survives being written as JSON', () => {
    for (const profile of exampleProfiles) {
      expect(readProfile(JSON.parse(JSON.stringify(profile)))).toEqual({ ok: true, profile });
    }
  });

  it('is read or refused with every mistake and its place in words', () => {
    const wrong = {
      ...cabinet,
      timeZone: 'Berlin',
      messages: [
        { does: 'movement', type: 'ADT^A02', location: 'PV1.3' },
        { does: 'guess', type: 'X' },
      ],
    };
    const read = readProfile(wrong);
    expect(read.ok).toBe(false);
    expect(!read.ok && read.problems.map((problem) => problem.split(':')[0])).toEqual([
      'timeZone',
      'messages.0.location',
      'messages.1.does',
    ]);
    expect(!read.ok && read.problems[1]).toContain('"PV1.3" is no path; write it like FT1-7.1');
  });

  it.each([null, 7, 'text', [], {}])('is not %j', (data) => {
    expect(readProfile(data).ok).toBe(false);
  });
});

describe('What is wasted of a withdrawal', () => {
  const taken = (zmm: string) => {
    const shown = preview(cabinet, [msh, pid, ft1, zmm].join('\n'));
    if (!shown.readable) throw new Error(shown.problem.message);
    const { records, findings } = shown.reading;
    return [...records.map(({ kind, quantity }) => `${kind} ${quantity}`), ...findings.map(({ message }) => message)];
  };

  it('leaves the rest as used, where the quantity of the withdrawal includes it', () => {
    expect(taken('ZMM|||0.5')).toEqual(['USED 1.5', 'WASTED 0.5']);
    expect(taken('ZMM|||2')).toEqual(['WASTED 2']);
  });

  it('is asked about where it is more than was taken', () => {
    expect(taken('ZMM|||2.5')).toEqual([expect.stringContaining('it wasted 2.5 of 2')]);
  });
});

describe('A preview', () => {
  it('shows a pasted message as the records it would become, each value with its place', () => {
    const shown = preview(cabinet, [msh, pid, ft1].join('\n'));
    expect(previewText(shown)).toBe(
      [
        'DFT^P03 M-1 of CABINET / NORTH',
        '',
        'FT1[1]',
        '  product        INTERNAL SYR10               FT1[1]-7',
        '  location       CODE NORTH-ICU               FT1[1]-16',
        '  occurredAt     2026-11-21T07:15:00.000Z     FT1[1]-4',
        '  precision      minute',
        '  transaction    T-1                          FT1[1]-2',
        '  patient        PT1001                       PID[1]-3',
        '  kind           USED                         FT1[1]-6',
        '  quantity       2                            FT1[1]-10',
        '  unit           EA                           fixed by the profile',
        '',
        'Not used:',
        '  PID[1]: 1, 5',
        '  FT1[1]: 1, 3',
        '',
      ]
        .join('\n')
        .replace('  precision      minute', '  precision      second'),
    );
  });

  it('never shows a value that the profile does not use', () => {
    expect(previewText(preview(cabinet, [msh, pid, ft1].join('\n')))).not.toContain('TESTCASE');
  });

  it('shows what a person must look at, and whose job it is', () => {
    expect(previewText(preview(cabinet, [msh, pid, ft1.replace('|2|', '||')].join('\n')))).toContain(
      'FT1[1]: the quantity is missing. It was expected in FT1[1]-10. The team of CABINET at NORTH must send it. [sender]',
    );
  });

  it('says why something cannot be read at all', () => {
    expect(previewText(preview(cabinet, 'hello'))).toMatch(/^Cannot be read: It does not begin with an MSH segment/);
  });
});

describe('A hostile message', () => {
  const head = `ORC|RE||ORD-1\r${'OBX|1|ST|X\r'.repeat(20_000)}PV1|1|I|W||||||||||||||||V1~${'x'.repeat(100_000)}\r`;

  it('of very many items that all look into one long head takes no longer than its length allows', () => {
    const record = exampleProfiles[2]!;
    const header = 'MSH|^~\\&|EMAR|NORTH|W|H|1||RAS^O17|M-1|P|2.5\r';
    const item = 'RXA|0|1|202611210830||A^^L|1|TAB|||||||||||||CP\r';
    // Work, not waiting: others may have the machine.
    const started = process.cpuUsage();
    const shown = preview(record, header + head + item.repeat(10_000));
    expect(shown.readable && shown.reading.records.length).toBe(10_000);
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(20_000);
  });

  it('causes no more findings than a person can read, and no record with a value without end', () => {
    const shown = preview(cabinet, `${msh}\r${'FT1|1\r'.repeat(5000)}`);
    expect(shown.readable && shown.reading.findings.length).toBe(200);
    const long = preview(cabinet, [msh, pid, ft1.replace('SYR10', 'x'.repeat(5000))].join('\r'));
    expect(long.readable && long.reading.records).toEqual([]);
    expect(long.readable && long.reading.findings[0]!.message).toContain('is 5000 characters long');
  });
});

describe('A value that is written wrongly in a profile', () => {
  it.each([
    ['unit', { fixd: 'EA' }, /^messages\.0\.unit: write a path like FT1-7\.1/],
    ['product', { code: 'FT1-7', scheme: 'GTN' }, /^messages\.0\.product\.scheme: write INTERNAL, GTIN/],
    ['occurredAt', [], /^messages\.0\.occurredAt: /],
  ])('%s', (field, value, expected) => {
    const read = readProfile({ ...cabinet, messages: [{ ...cabinet.messages[0], [field]: value }] });
    expect(!read.ok && read.problems[0]).toMatch(expected);
  });
});
