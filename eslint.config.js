import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  globalIgnores(['dist/', '.cache/', '.tap/']),
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    // `projectService` is made for editors, and a sixth slower in a run that ends.
    languageOptions: {
      parserOptions: { project: ['tsconfig.json', 'src/panel/tsconfig.json'], tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      curly: ['error', 'multi-line'],
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-empty-function': 'off',
      // Together a fifth of the time of the lint. There is no enum here, and classes with state have private members (`#`), which
      // TypeScript compares by name of the class.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],
      // `as string` is more visible than `!`.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // A route or a hook may be async without await, because its type requires a promise.
      '@typescript-eslint/require-await': 'off',
      // Fastify and tap handle the rejections of these promises.
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafePromises: [
            { from: 'package', package: 'fastify', name: ['FastifyInstance', 'FastifyReply', 'SafePromiseLike'] },
            { from: 'package', package: '@tapjs/core', name: 'PromiseWithSubtest' },
          ],
        },
      ],
    },
  },
  {
    files: ['src/main.ts', 'src/commands/index.ts', 'bench/**', 'scripts/**'],
    rules: { 'no-console': 'off' },
  },
  {
    // Parsed answers are `any` until an assertion checks them.
    files: ['test/**/*.ts'],
    rules: {
      // Deprecated for production, but required for HTTP on the loopback interface.
      '@typescript-eslint/no-deprecated': [
        'error',
        {
          allow: ['oauth4webapi', 'openid-client'].map((name) => ({
            from: 'package',
            package: name,
            name: 'allowInsecureRequests',
          })),
        },
      ],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
);
