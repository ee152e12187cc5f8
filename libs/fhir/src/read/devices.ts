import type { FhirElement } from '../resource/element.js';
import type { ResourceRule } from '../source/fhir-source.js';
import { onePiece } from './amount.js';
import { itemOf } from './items.js';
import { readLocation } from './location.js';
import { latest } from './medication.js';
import { readOccurrence } from './occurrence.js';
import { readProduct } from './product.js';
import type { ProposedItem } from './reading.js';
import type { ResourceReader } from './resource-reader.js';
import { meaningOfCodes, type Meant } from './status.js';

/**
 * A DeviceUseStatement (R4: `device` is a Reference) or DeviceUsage (R5: a CodeableReference): one piece of the device, when
 * its use began to be known: `timing[x]`, else `recordedOn` or `dateAsserted`.
 */
export function readDeviceUse(reader: ResourceReader, meant: Meant): ProposedItem[] {
  const { root, version } = reader;
  const occurrence = readOccurrence(reader, ['timing'], [version === 'R4' ? 'recordedOn' : 'dateAsserted']);
  const device = root.one('device');
  const reference = version === 'R4' ? device : device?.one('reference');
  const concept = version === 'R4' ? undefined : device?.one('concept');
  const named = readProduct(reader, { concept, reference }, root.at('device'), occurrence?.day ?? latest);
  const target = reference === undefined ? undefined : reader.resolve(reference);
  const location = readLocation(reader, undefined, target);
  const performer = root.one(version === 'R4' ? 'source' : 'informationSource');
  const amount = onePiece(reader);
  return itemOf(reader, { line: root.expression, meant, named, amount, location, occurrence, performer });
}

interface UsedDevice {
  readonly line: string;
  readonly concept?: FhirElement | undefined;
  readonly reference?: FhirElement | undefined;
  readonly meant: Meant;
}

/**
 * A Procedure: one piece of each device that it implanted or used (`focalDevice`, R4 `usedReference` and `usedCode`, R5
 * `used`). What stands in both is one piece. Explanted and manipulated devices are no stock.
 */
export function readProcedure(reader: ResourceReader, meant: Meant, rule: ResourceRule): ProposedItem[] {
  const { root, version } = reader;
  const used = usedDevices(reader, meant, rule);
  if (used.length === 0) {
    reader.note(
      'information',
      root.expression,
      'Nothing is recorded, because it names no device or item that was used.',
    );
    return [];
  }
  const occurrence = readOccurrence(
    reader,
    [version === 'R4' ? 'performed' : 'occurrence'],
    version === 'R5' ? ['recorded'] : [],
  );
  const location = readLocation(reader, root.one('location'), undefined);
  const performer = root.all('performer')[0]?.one('actor');
  return used.flatMap(({ line, meant: lineMeant, ...elements }) => {
    const named = readProduct(reader, elements, line, occurrence?.day ?? latest);
    return itemOf(reader, { line, meant: lineMeant, named, amount: onePiece(reader), location, occurrence, performer });
  });
}

function usedDevices(reader: ResourceReader, meant: Meant, rule: ResourceRule): UsedDevice[] {
  const { root, version } = reader;
  const focal = root.all('focalDevice');
  const references: UsedDevice[] =
    version === 'R4'
      ? root.all('usedReference').map((reference) => ({ line: reference.expression, reference, meant }))
      : root.all('used').map((used) => ({
          ...{ line: used.expression, meant },
          ...{ concept: used.one('concept'), reference: used.one('reference') },
        }));
  const codes = version === 'R4' ? root.all('usedCode') : [];
  const seen = new Set(focal.flatMap((device) => device.one('manipulated')?.text('reference') ?? []));
  return [
    ...focal.flatMap((device) => implanted(reader, device, meant, rule)),
    ...references.filter(({ reference }) => !seen.has(reference?.text('reference') ?? '')),
    ...codes.map((concept) => ({ line: concept.expression, concept, meant })),
  ];
}

const deviceAction = 'http://hl7.org/fhir/device-action';

function implanted(reader: ResourceReader, device: FhirElement, meant: Meant, rule: ResourceRule): UsedDevice[] {
  const action = device.one('action');
  const line = device.expression;
  const reference = device.one('manipulated');
  const ruled = action === undefined ? undefined : meaningOfCodes(rule, [action]);
  const kept = action
    ?.all('coding')
    .find((coding) => coding.text('system') === deviceAction && coding.text('code') !== 'implanted');
  if (ruled?.means === 'ASK')
    return reader.mapping('business-rule', line, `Whether stock was used by "${ruled.words}" cannot be said.`) ?? [];
  if (ruled?.means === 'NOTHING' || (ruled === undefined && kept !== undefined)) {
    reader.note('information', line, `${line} is no stock that was used: ${ruled?.words ?? kept?.text('code')}.`);
    return [];
  }
  const own: Meant = ruled === undefined ? meant : { meaning: ruled.means, reason: ruled.words };
  return [{ line, reference, meant: own }];
}
