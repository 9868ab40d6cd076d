// SPDX-License-Identifier: Apache-2.0
//
// Clicks on personal links, written onto the contacts that they were sent to.
//
// The link is a pattern, /offer/:token, and each contact's token is its id in HubSpot, so that a
// template writes https://go.example/offer/{{ contact.hs_object_id }}. What is written are four
// properties of the contact, made once in HubSpot (Settings, Properties): last_link_click (date and
// time), last_link, last_link_campaign and last_link_country (text). Writing the same twice changes
// nothing, and of several clicks in one request the last counts.
//
//   SECRET=whsec_… HUBSPOT_TOKEN=pat-… node hubspot.mjs
//
// The token is that of a private app with the scope crm.objects.contacts.write. Contacts are updated
// a hundred at a time: https://developers.hubspot.com/docs/api/crm/contacts
import { ask, fromEnvironment, groups, receive } from './signed.mjs';

const [kSecret, kToken] = fromEnvironment('SECRET', 'HUBSPOT_TOKEN');
const kApi = process.env.HUBSPOT_API ?? 'https://api.hubapi.com';
const kAtOnce = 100;

const update = ({ timestamp, data }) => ({
  id: data.token,
  properties: {
    last_link_click: timestamp,
    last_link: data.url,
    last_link_campaign: data.campaign ?? '',
    last_link_country: data.country,
  },
});

receive(kSecret, async (clicks) => {
  const personal = clicks.filter(({ data }) => /^\d+$/.test(data.token ?? ''));
  const last = new Map(personal.map((click) => [click.data.token, update(click)]));
  for (const inputs of groups([...last.values()], kAtOnce))
    await ask('POST', `${kApi}/crm/v3/objects/contacts/batch/update`, kToken, { inputs });
});
