import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { synthesise } from './synthesise.ts';

/** cdk-nag's findings make the synthesis throw, warnings included; the stack answers each expected one where it arises. */
it.each([
  {},
  { approval_link: 'true', approval_email: 'ops@example.com' },
  { check_caller_permissions: 'true', caller_tiers: 'community' },
  { auth: 'jwt', jwt_issuer: 'https://login.example', jwt_audience: 'workflows' },
])('passes the AwsSolutions checks of cdk-nag with %j', (context) => {
  const { app } = synthesise(context);
  const checks = new AwsSolutionsChecks(app);
  Validations.of(app).addPlugins(checks);
  app.synth();
  expect(checks.validateScope(app)).toEqual({ success: true, violations: [] });
});
