/** A condition that the person at the keyboard can mend; its message is the one line they need, without a stack. */
export class OperatorError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = 'OperatorError';
  }
}
