// Opens the page on which a person signs in, and says its address for where no browser can be opened.
import open from 'open';

type OpenBrowser = (address: string) => Promise<void>;

export function createBrowserOpener(say: (sentence: string) => void): OpenBrowser {
  return async (address) => {
    say(`A browser opens for the sign-in. If none does, open this address on this machine:\n\n  ${address}\n`);
    // Without a browser the address is all that a person needs.
    await open(address).catch(() => undefined);
  };
}
