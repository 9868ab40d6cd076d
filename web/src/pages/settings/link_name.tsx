// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { bareUrl } from '../../ui/format';
import { linkQuestion } from './link_question';

/** A link's short address; its id while that is unknown, or when the link is gone. */
export function LinkName({ id }: { id: string }) {
  const link = useQuery(linkQuestion(id));
  return link.data ? bareUrl(link.data.short_url) : id;
}
