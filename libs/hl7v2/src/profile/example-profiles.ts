import chargeSystem from '../example-profiles/charge-system.json' with { type: 'json' };
import dispensingCabinet from '../example-profiles/dispensing-cabinet.json' with { type: 'json' };
import medicationRecord from '../example-profiles/medication-record.json' with { type: 'json' };
import patientAdministration from '../example-profiles/patient-administration.json' with { type: 'json' };
import pharmacy from '../example-profiles/pharmacy.json' with { type: 'json' };
import pointOfUseImplants from '../example-profiles/point-of-use-implants.json' with { type: 'json' };
import storeroom from '../example-profiles/storeroom.json' with { type: 'json' };
import { senderProfile, type SenderProfile } from './profile.js';

/**
 * Examples to start a profile from, none of them of a real product: what a sender really sends is agreed with it. The
 * fields they use were checked against hl7-dictionary 2.3 to 2.7.1 and HAPI's v28 structures.
 */
export const exampleProfiles: readonly SenderProfile[] = [
  dispensingCabinet,
  chargeSystem,
  medicationRecord,
  pharmacy,
  pointOfUseImplants,
  storeroom,
  patientAdministration,
].map((data) => senderProfile.parse(data));
