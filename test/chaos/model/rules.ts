/** The rules of the protocol. Each can be broken, to see that the model would notice. */
export interface Rules {
  /** What the relay takes for new: what this snapshot sees and the last one did not; or a popular recipe that is wrong. */
  readonly reads: 'snapshot difference' | 'xmin watermark' | 'highest id';
  /** When the relay's cursor moves. */
  readonly cursorMoves: 'after the ack' | 'before the ack';
  /** Whether a writer locks its keys before it draws ids. */
  readonly locksKeys: boolean;
  /** Whether a cursor write proves that its relay still leads. */
  readonly provesEpoch: boolean;
  /** Whether the consumer remembers which events it has taken. */
  readonly remembersEvents: boolean;
  /** Whether the position moves in the transaction of the effect, or in one of its own before. */
  readonly positionMoves: 'with the effect' | 'before the effect';
  /** Whether a parked message holds back what follows of its key. */
  readonly holdsKeys: boolean;
  /** Whether parked messages of a key are tried in their order. */
  readonly drainsInOrder: boolean;
}

/** The protocol as libs/outbox has it. */
export const protocol: Rules = {
  reads: 'snapshot difference',
  cursorMoves: 'after the ack',
  locksKeys: true,
  provesEpoch: true,
  remembersEvents: true,
  positionMoves: 'with the effect',
  holdsKeys: true,
  drainsInOrder: true,
};
