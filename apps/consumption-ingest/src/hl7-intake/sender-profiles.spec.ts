import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exampleProfiles, type SenderProfile } from '@wardline/hl7v2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { senderProfiles } from './sender-profiles.js';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'hl7-profiles-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const example = (name: string): SenderProfile => exampleProfiles.find((one) => one.name === `example-${name}`)!;
const keep = (...profiles: readonly object[]): void =>
  profiles.forEach((profile, index) => writeFileSync(join(folder, `${index}.json`), JSON.stringify(profile)));

describe('the folder of sender profiles', () => {
  it('gives each of them', () => {
    keep(example('medication-record'), example('patient-administration'));
    expect(senderProfiles(folder).map(({ name }) => name)).toEqual([
      'example-medication-record',
      'example-patient-administration',
    ]);
  });

  it('is refused when a profile asks for wards of a sender that tells of no movements', () => {
    keep(example('medication-record'), example('storeroom'));
    expect(() => senderProfiles(folder)).toThrow(
      'example-medication-record: location.fromEncounter names example-patient-administration, and no profile',
    );
  });

  it('is refused naming every file that is wrong, and two profiles for one sender', () => {
    keep(example('storeroom'), { ...example('storeroom'), name: 'another' }, { name: 'half' });
    writeFileSync(join(folder, '3.json'), '{');
    expect(() => senderProfiles(folder)).toThrow(
      /1\.json: has the name or the sender of profile example-storeroom; 2\.json: .*3\.json: /s,
    );
  });

  it('is refused when it is empty', () => {
    expect(() => senderProfiles(folder)).toThrow('there is no .json file in it');
  });
});
