// Calls into the application. What it throws there is the application's to see, and must not stop the client half-way.

export function callOut(call: () => void): void {
  try {
    call();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
