// SPDX-License-Identifier: Apache-2.0
import { Box, Text } from '@mantine/core';
import { asApiError } from '../api/problem';
import { RequestId } from './error_panel';

/** What the server refused and no field of the form can show. */
export function FormError({ error }: { error: unknown }) {
  const problem = asApiError(error);
  return (
    <Box role="alert" className="tm-refusal" p="sm">
      <Text size="sm" fw={600} c="var(--tm-bad)">
        {problem.title}
      </Text>
      {problem.detail && <Text size="sm">{problem.detail}</Text>}
      <RequestId id={problem.requestId} />
    </Box>
  );
}
