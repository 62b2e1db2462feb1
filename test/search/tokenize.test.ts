import { tokenize } from '../../lib/search/tokenize.ts';

const stems = (text: string) => tokenize(text).map(({ stem }) => stem);

describe('tokenize', () => {
  it('stems words, so that forms of a word are the same', () => {
    expect(stems('Backups of databases')).toEqual(stems('backup of database'));
    expect(stems('throttled')).toEqual(stems('throttling'));
  });

  it('tells a certification from a certificate', () => {
    expect(stems('certifications')).toEqual(stems('certification'));
    expect(stems('certification')).not.toEqual(stems('certificate'));
  });

  it('separates at underscores, hyphens and other signs', () => {
    expect(stems('rds_backup-simple, s3/ec2')).toEqual(['rd', 'backup', 'simpl', 's3', 'ec2']);
  });

  it('gives the parts of a name in camel case beside the whole', () => {
    expect(tokenize('DBSnapshot FreeStorageSpace')).toEqual([
      { text: 'dbsnapshot', stem: 'dbsnapshot', parts: ['db', 'snapshot'] },
      { text: 'freestoragespace', stem: 'freestoragespac', parts: ['free', 'storag', 'space'] },
    ]);
  });

  it('leaves out bare numbers and keeps letters of any script', () => {
    expect(stems('95 % Größe 日本')).toEqual(['größe', '日本']);
  });
});
