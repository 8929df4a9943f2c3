/** Where the user's code is called from the stack's dispatch: what it throws must not unwind through stack and device. */

/** Runs a step; what it throws is thrown again on its own, so that Node reports it as it reports what an event listener throws. */
export function callUser(step: () => void): void {
  try {
    step();
  } catch (error) {
    process.nextTick(() => {
      throw error;
    });
  }
}
