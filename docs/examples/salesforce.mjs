// SPDX-License-Identifier: Apache-2.0
//
// Every click as a record in Salesforce, to be reported on and to start flows.
//
// Records are of a custom object, Link_Click__c, made once in Salesforce with the fields below;
// Click_Id__c is text, unique, and an external id, so that a click that comes twice is one record.
// With personal links (a pattern, /offer/:token) Contact_Key__c says whose link it was: have a flow
// look the contact up by it.
//
//   SECRET=whsec_… SALESFORCE_URL=https://example.my.salesforce.com \
//   SALESFORCE_CLIENT_ID=… SALESFORCE_CLIENT_SECRET=… node salesforce.mjs
//
// The connected app has the client credentials flow switched on, for a user who may write these
// records. They are upserted 200 at a time, each judged by itself:
// https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobjects_collections_upsert.htm
import { ask, fromEnvironment, groups, receive } from './signed.mjs';

const [kSecret, kUrl, kClient, kClientSecret] = fromEnvironment(
  'SECRET',
  'SALESFORCE_URL',
  'SALESFORCE_CLIENT_ID',
  'SALESFORCE_CLIENT_SECRET',
);
const kCollection = '/services/data/v61.0/composite/sobjects/Link_Click__c/Click_Id__c';
const kAtOnce = 200;

const record = ({ timestamp, data }) => ({
  attributes: { type: 'Link_Click__c' },
  Click_Id__c: data.click_id,
  Clicked_At__c: timestamp,
  Link__c: data.url,
  Contact_Key__c: data.token,
  Campaign__c: data.campaign,
  Source__c: data.source,
  Country__c: data.country,
  Device__c: data.device_type,
  Unique__c: data.unique,
});

let session;

async function signIn() {
  const response = await fetch(`${kUrl}/services/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: kClient,
      client_secret: kClientSecret,
    }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(`signing in: ${response.status}`);
  return response.json();
}

async function upsert(records) {
  session ??= await signIn();
  const url = session.instance_url + kCollection;
  const results = await ask('PATCH', url, session.access_token, { allOrNone: false, records });
  const failed = results.filter(({ success }) => !success);
  if (failed.length > 0)
    throw new Error(`${failed.length} records: ${JSON.stringify(failed[0].errors)}`);
}

receive(kSecret, async (clicks) => {
  for (const records of groups(clicks.map(record), kAtOnce)) {
    try {
      await upsert(records);
    } catch (error) {
      session = undefined; // it may have ended: the next try signs in anew
      throw error;
    }
  }
});
