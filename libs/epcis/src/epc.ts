import { isRefusal, mod10CheckDigit, parseBarcode } from '@wardline/barcodes';

/** A trade item: one piece when it has a serial number, else a class of them. */
export interface TradeItem {
  readonly type: 'item';
  /** GTIN of 14 digits. */
  readonly gtin: string;
  readonly lotNumber: string | null;
  readonly serialNumber: string | null;
  /** `YYYY-MM-DD`; only Digital Links can carry it. */
  readonly expiryDate: string | null;
}

/** A place: a Global Location Number, and the part of it that its owner numbered. */
export interface Place {
  readonly type: 'place';
  /** 13 digits. */
  readonly gln: string;
  readonly extension: string | null;
}

/** What an identifier in an event names. `other` is known to be neither a trade item, a logistic unit nor a place. */
export type Identified =
  | TradeItem
  | Place
  | { readonly type: 'logistic-unit'; readonly sscc: string }
  | { readonly type: 'party'; readonly gln: string }
  | { readonly type: 'other' }
  | { readonly type: 'wrong'; readonly message: string };

const urn = /^urn:epc:(id|class|idpat):([a-z0-9]+):(.*)$/;

/**
 * Reads an identifier of an event: an EPC in its pure identity, class or pattern URI (GS1 EPC Tag Data Standard, section
 * 6.3), or a GS1 Digital Link. `day` is that of the event. Never throws.
 */
export function identify(uri: string, day: string): Identified {
  const match = urn.exec(uri);
  if (match !== null) return ofUrn(match[1]!, match[2]!, match[3]!, uri);
  return /^https?:\/\//i.test(uri) ? ofLink(uri, day) : { type: 'other' };
}

function ofUrn(form: string, scheme: string, body: string, uri: string): Identified {
  const [company = '', reference = '', ...rest] = body.split('.');
  const last = unescaped(rest.join('.'));
  const numbers = /^\d{6,12}$/.test(company) && /^\d*$/.test(reference) ? company.length + reference.length : 0;
  const wrong = (what: string): Identified => ({ type: 'wrong', message: `${uri} is no ${what}` });
  switch (`${form}:${scheme}`) {
    case 'id:sgtin':
    case 'class:lgtin':
    case 'idpat:sgtin': {
      if (numbers !== 13 || reference === '' || last === null || last === '' || last.length > 20)
        return wrong(
          'GTIN with serial or lot: prefix and item reference have 13 digits, what follows 1 to 20 characters',
        );
      return tradeItem(company, reference, { scheme: `${form}:${scheme}`, last });
    }
    case 'id:sscc': {
      if (numbers !== 17 || rest.length > 0) return wrong('SSCC: prefix and serial reference have 17 digits');
      return { type: 'logistic-unit', sscc: withCheckDigit(`${reference[0]}${company}${reference.slice(1)}`) };
    }
    case 'id:sgln':
      if (numbers !== 12 || last === null || last === '' || last.length > 20)
        return wrong('location: prefix and reference have 12 digits, the extension 1 to 20 characters, 0 for none');
      return { type: 'place', gln: withCheckDigit(company + reference), extension: last === '0' ? null : last };
    case 'id:pgln':
      if (numbers !== 12) return wrong('party: prefix and reference have 12 digits');
      return { type: 'party', gln: withCheckDigit(company + reference) };
    default:
      return { type: 'other' };
  }
}

function tradeItem(
  company: string,
  reference: string,
  { scheme, last }: { readonly scheme: string; readonly last: string },
): Identified {
  return {
    type: 'item',
    gtin: withCheckDigit(`${reference[0]}${company}${reference.slice(1)}`),
    lotNumber: scheme === 'class:lgtin' ? last : null,
    serialNumber: scheme === 'id:sgtin' ? last : null,
    expiryDate: null,
  };
}

function ofLink(uri: string, day: string): Identified {
  const read = parseBarcode(uri, { referenceDate: day });
  if (isRefusal(read))
    return read.code === 'LINK_MALFORMED' ? { type: 'other' } : { type: 'wrong', message: read.message };
  const { deviceIdentifier: device, lotNumber = null, serialNumber = null, expiryDate = null, sscc, locations } = read;
  if (device?.scheme === 'GTIN') return { type: 'item', gtin: device.value, lotNumber, serialNumber, expiryDate };
  if (sscc !== undefined) return { type: 'logistic-unit', sscc };
  const [place] = locations;
  if (place?.identifier === '417') return { type: 'party', gln: place.gln };
  return place === undefined
    ? { type: 'other' }
    : { type: 'place', gln: place.gln, extension: place.extension ?? null };
}

const withCheckDigit = (body: string): string => body + mod10CheckDigit(body);

/** Characters that a URI cannot hold are written as %hh (Tag Data Standard, section 6.3). */
function unescaped(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
