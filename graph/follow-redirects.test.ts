import { expect, test } from 'vitest';
import { isSubdomain } from './follow-redirects.ts';

test.each([
  ['https://lo2p265a01.outlook.office365.com/adminapi/beta/t', 'https://outlook.office365.com', true],
  ['https://a.b.outlook.office365.com/', 'https://outlook.office365.com', true],
  ['https://gcc01.outlook.office365.us/', 'https://outlook.office365.us', true],
  ['https://LO2.OUTLOOK.OFFICE365.COM/', 'https://outlook.office365.com', true],
  ['https://l5.outlook-dod.office365.us/', 'https://outlook-dod.office365.us', true],
  ['https://l5.outlook.office365.us/', 'https://outlook-dod.office365.us', false],
  ['https://bjb01.partner.outlook.cn/', 'https://partner.outlook.cn', true],
  ['https://outlook.office365.cn/', 'https://partner.outlook.cn', false],
  ['https://eviloutlook.office365.com/', 'https://outlook.office365.com', false],
  ['https://lo2.outlook.office365.com.example.com/', 'https://outlook.office365.com', false],
  ['https://lo2.office365.com/', 'https://outlook.office365.com', false],
  ['https://lo2.outlook.office365.us/', 'https://outlook.office365.com', false],
  ['http://lo2.outlook.office365.com/', 'https://outlook.office365.com', false],
  ['https://lo2.outlook.office365.com:8443/', 'https://outlook.office365.com', false],
  ['https://me@lo2.outlook.office365.com/', 'https://outlook.office365.com', false],
  ['https://127.0.0.1/', 'https://outlook.office365.com', false],
])('a redirect to %s, asked at %s, is followed: %s', (location, base, isFollowed) => {
  expect(isSubdomain(new URL(location), new URL(base))).toBe(isFollowed);
});
