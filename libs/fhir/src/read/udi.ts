import { isRefusal, parseBarcode, type ScannedCode } from '@wardline/barcodes';
import type { FhirElement } from '../resource/element.js';
import type { Origin } from './product.js';
import type { ResourceReader } from './resource-reader.js';

/**
 * What the UDI carrier of a Device says: the first that can be read of its machine form (`carrierAIDC`, base64), its human
 * readable form (`carrierHRF`) and its `deviceIdentifier`. Where they name different products, or the carrier another lot
 * or serial than the Device itself, it is an error: nobody can know here which one was used. Source: R4 and R5, Device.
 */
export function readUdi(reader: ResourceReader, device: FhirElement, day: string): Origin | undefined {
  const carriers = device.all('udiCarrier');
  if (carriers.length === 0) return undefined;
  const [carrier] = carriers;
  const codes = scansOf(reader, carrier!, day);
  const identifiers = codes.flatMap(({ code }) => (code.deviceIdentifier === undefined ? [] : [code.deviceIdentifier]));
  const [first] = identifiers;
  const other = identifiers.find(({ value }) => value !== first?.value);
  if (first !== undefined && other !== undefined)
    return reader.sender(
      'conflict',
      carrier!.expression,
      `The UDI carrier names two products, ${first.value} and ${other.value}.`,
    );
  const [code] = codes.map((one) => one.code);
  return {
    candidates: first === undefined ? [] : candidate(reader, first),
    ...(first === undefined || first.scheme === 'GTIN' ? {} : { unmapped: `${first.scheme} ${first.value}` }),
    lotNumber: code?.lotNumber,
    serialNumber: code?.serialNumber,
    expiryDate: code?.expiryDate,
  };
}

interface Scan {
  readonly code: ScannedCode;
}

function scansOf(reader: ResourceReader, carrier: FhirElement, day: string): Scan[] {
  const aidc = carrier.text('carrierAIDC');
  const texts = [
    [
      'carrierAIDC',
      aidc === undefined ? undefined : Buffer.from(aidc, 'base64').toString('utf8').replaceAll('↔', '\u001d'),
    ],
    ['carrierHRF', carrier.text('carrierHRF')?.replace(/\{(\d{2,4})\}/g, '($1)')],
    ['deviceIdentifier', carrier.text('deviceIdentifier')],
  ] as const;
  return texts.flatMap(([name, text]) => {
    if (text === undefined) return [];
    const code = parseBarcode(text, { referenceDate: day });
    if (!isRefusal(code)) return [{ code }];
    const because = `${carrier.at(name)} is not read: ${code.message}`;
    reader.note('warning', carrier.at(name), because);
    return [];
  });
}

function candidate(
  { source }: ResourceReader,
  identifier: NonNullable<ScannedCode['deviceIdentifier']>,
): Origin['candidates'] {
  if (identifier.scheme === 'GTIN') return [{ scheme: 'GTIN', value: identifier.value, supplierCode: null }];
  if (identifier.scheme !== 'HIBC') return [];
  const supplierCode = source.hibcLabelers[identifier.labeler];
  return supplierCode === undefined ? [] : [{ scheme: 'SUPPLIER_ITEM', value: identifier.product, supplierCode }];
}
