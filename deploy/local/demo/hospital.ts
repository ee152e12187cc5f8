/** One product of the demo hospital. */
export interface DemoProduct {
  readonly code: string;
  readonly name: string;
  /** Without its check digit; `gtinOf` adds it. */
  readonly gtinBase: string;
  readonly tracking: 'none' | 'lot' | 'serial';
  /** Odoo external id of the stock unit. */
  readonly unit: string;
  /** Odoo external ids of the packagings. */
  readonly packagings: readonly string[];
  /** Lots with their expiry in days from the day; for serials the number of pieces in each place. */
  readonly lots: readonly { readonly name: string; readonly expiresInDays: number }[];
  readonly supplierItem?: string;
}

const units = 'uom.product_uom_unit';
const packOf6 = 'uom.product_uom_pack_6';
const boxOf100 = 'wardline_demo.uom_box_of_100';

/** The supplier of what has a supplier's item number. */
export const supplier = { code: 'NORDMED', name: 'Nordmed Supplies' };

/** Codes of the places of use, by site. */
export const wards = ['NORTH-ICU', 'NORTH-OR1', 'NORTH-ED', 'SOUTH-MED', 'SOUTH-OR'] as const;

/** Pharmacies and stores, which hold stock but use none in the demo. */
export const stores = ['NORTH-PHARM', 'SOUTH-PHARM'] as const;

/** A GLN of the operating room, known to Wardline through its crosswalk. */
export const operatingRoomGln = '4012345000016';

/** An NDC of propofol, known to Wardline through its crosswalk. */
export const propofolNdc = '63323-0269-20';

function untracked(
  code: string,
  name: string,
  gtinBase: string,
  packagings: readonly string[],
  supplierItem?: string,
): DemoProduct {
  return {
    code,
    name,
    gtinBase,
    tracking: 'none',
    unit: units,
    packagings,
    lots: [],
    ...(supplierItem === undefined ? {} : { supplierItem }),
  };
}

function byLot(code: string, name: string, gtinBase: string, lots: DemoProduct['lots'], unit = units): DemoProduct {
  return { code, name, gtinBase, tracking: 'lot', unit, packagings: [], lots };
}

function bySerial(code: string, name: string, gtinBase: string): DemoProduct {
  return { code, name, gtinBase, tracking: 'serial', unit: units, packagings: [], lots: [] };
}

/** What the hospital has on its shelves. */
export const products: readonly DemoProduct[] = [
  untracked('GLOVE-M', 'Nitrile glove M', '0401234500100', [boxOf100], 'ND-1001'),
  untracked('GLOVE-L', 'Nitrile glove L', '0401234500101', [boxOf100], 'ND-1002'),
  untracked('SYRINGE-10', 'Syringe 10 ml', '0401234500102', [boxOf100]),
  untracked('GAUZE-10', 'Gauze swab 10 x 10', '0401234500103', [packOf6]),
  untracked('CANNULA-18G', 'IV cannula 18G', '0401234500104', [packOf6], 'ND-2044'),
  untracked('IV-SET', 'Infusion set', '0401234500105', []),
  untracked('MASK-FFP2', 'Respirator FFP2', '0401234500106', [packOf6]),
  byLot('SALINE-500', 'Sodium chloride 0.9 % 500 ml', '0401234500107', [
    { name: 'SA2410', expiresInDays: 400 },
    { name: 'SA2402', expiresInDays: -3 },
  ]),
  byLot('SUTURE-4-0', 'Suture 4-0', '0401234500108', [
    { name: 'SU1187', expiresInDays: 700 },
    { name: 'SU1190', expiresInDays: 730 },
  ]),
  byLot('PROPOFOL-20', 'Propofol 10 mg/ml 20 ml', '0401234500109', [{ name: 'PR0931', expiresInDays: 200 }]),
  byLot('HEPARIN-5', 'Heparin 5000 IU/ml 5 ml', '0401234500110', [{ name: 'HE5512', expiresInDays: 150 }]),
  byLot(
    'CHLORHEX',
    'Chlorhexidine solution',
    '0401234500111',
    [{ name: 'CH0077', expiresInDays: 365 }],
    'uom.product_uom_milliliter',
  ),
  bySerial('STENT-3.0', 'Coronary stent 3.0 mm', '0401234500112'),
  bySerial('KNEE-T4', 'Knee tibia size 4', '0401234500113'),
  bySerial('PACEMAKER-DR', 'Pacemaker, dual chamber', '0401234500114'),
];

/** A product that nobody has entered in Odoo when its first use arrives; it is created in the middle of the day. */
export const lateProduct = untracked('CATHETER-14', 'Catheter 14 Fr', '0401234500115', []);

/** Serial pieces per place of a serial-tracked product. */
export const piecesPerPlace = 6;

/** The serial numbers of a product at a place. */
export function serialsAt(product: DemoProduct, place: string): string[] {
  return Array.from(
    { length: piecesPerPlace },
    (_, index) => `${product.code}/${place}/${String(index + 1).padStart(3, '0')}`,
  );
}

/** The 14-digit GTIN: 13 digits and the check digit modulo 10, weights 3 and 1 from the right (GS1 General Specifications, 7.9). */
export function gtinOf(product: DemoProduct): string {
  const sum = [...product.gtinBase].reduce(
    (total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1),
    0,
  );
  return `${product.gtinBase}${(10 - (sum % 10)) % 10}`;
}
