/** First byte of a framed message (Confluent wire format). */
export const magicByte = 0;
/** Bytes before the record: {@link magicByte} and the schema id, big-endian in four bytes. */
export const frameLength = 5;
