/** Requests of a store: enough to hide the way to a cloud, few enough to leave it its pace. */
export const atOnce = { concurrency: 32 } as const;
