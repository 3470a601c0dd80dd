// For the tests of what uses a tenant: the weather that a run of them is given. A test of an exact time or number of requests
// opts out by `weather: null`.
import type { Switches } from '../options.ts';

const seed = process.env.DORMANT_TEST_WEATHER;

/** Before the switches that a test sets itself. */
export const testWeather: Partial<Switches> = seed === undefined ? {} : { weather: seed };
