export {
  acknowledge,
  type AcknowledgementIdentity,
  answersFor,
  answersTo,
  answerUnreadable,
} from './acknowledgement/acknowledge.js';
export { acknowledgeBatch } from './acknowledgement/acknowledge-batch.js';
export { answerFailure } from './acknowledgement/answer-failure.js';
export {
  type AcknowledgementCode,
  type AcknowledgementMode,
  acknowledgementMode,
  answersDue,
  type Outcome,
  outcomeOf,
} from './acknowledgement/mode.js';
export { type Batch, type BatchFile, isBatch, parseBatch } from './message/batch.js';
export { type Charset, charsets, decodeBytes, encodeText } from './message/charset.js';
export { type Delimiters, recommendedDelimiters } from './message/delimiters.js';
export { escapeText, unescapeText } from './message/escaping.js';
export { type Header, headerOf, headerProblems, supportedVersions } from './message/header.js';
export { type Hl7Message, type Segment, writeMessage } from './message/message.js';
export { parseNumber } from './message/number.js';
export { parseMessage, type ParseOptions, type ParseResult } from './message/parse.js';
export { parsePath, type Path, textAt, type Value, valueAt } from './message/path.js';
export { type ErrorCode, errorCodes, type Problem } from './message/problem.js';
export { formatTime, type Hl7Time, instantOf, parseTime, type Precision } from './message/time.js';
export { connectMllp, type MllpClient, type MllpClientOptions } from './mllp/client.js';
export { type Answer } from './mllp/connection.js';
export { frame, FrameDecoder, type FrameEvent, type FrameOptions } from './mllp/frame.js';
export { listenMllp, type MllpEvent, type MllpServer, type MllpServerOptions, type Peer } from './mllp/server.js';
export { exampleProfiles } from './profile/example-profiles.js';
export { preview, type Preview, previewText } from './profile/preview.js';
export { readProfile, senderProfile, type SenderProfile } from './profile/profile.js';
export { readByProfile } from './profile/read-message.js';
export {
  type ConsumptionKind,
  type Finding,
  type Origins,
  type Owner,
  type PassedOver,
  type PatientMovement,
  type ProposedConsumption,
  type ProposedPlace,
  type ProposedProduct,
  type ProposedRequisition,
  type Reading,
} from './profile/reading.js';
