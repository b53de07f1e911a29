// The zone files of this internet, as texts: the root, com, and the zone of 100x Global as the notes plan it.
// Addresses are those of the machines in cluster.json, in their order there. Served by authority.ts, one each.
// TTLs are short, so that a run of half a minute shows what takes hours outside.

const root = `
.                 86400 IN SOA  a.root. hostmaster.root. ( 1 3600 600 86400 60 )
.                 86400 IN NS   a.root.
a.root.           86400 IN A    10.0.0.3
com.              86400 IN NS   a.gtld.com.     ; com is somebody else's: ask there
a.gtld.com.       86400 IN A    10.0.0.4        ; and this is where "there" is (glue)
`;

const com = `
$ORIGIN com.
@                 86400 IN SOA  a.gtld hostmaster.gtld ( 1 3600 600 86400 60 )
@                 86400 IN NS   a.gtld
a.gtld            86400 IN A    10.0.0.4
100xglobal        86400 IN NS   ns.100xglobal
ns.100xglobal     86400 IN A    10.0.0.5
`;

// #region zone
const global = `
$ORIGIN 100xglobal.com.
$TTL 6                       ; seconds that others may keep what is below

@    3600 IN SOA   ns hostmaster (
                   2026112101  ; serial: which version this is
                   3600 600 86400
                   10 )        ; how long others may keep a "no"
@         IN NS    ns
ns        IN A     10.0.0.5

@         IN A     10.0.0.6    ; the core app: an address, for an alias cannot stand here
www       IN CNAME @
members   IN A     10.0.0.8
payments  IN CNAME members     ; two names, one server
status    IN A     10.0.0.6    ; one name, four servers
status    IN A     10.0.0.7
status    IN A     10.0.0.8
status    IN A     10.0.0.9
socket    IN A     10.0.0.9
@         IN MX    10 email    ; mail to somebody@100xglobal.com goes by this line
email     IN A     10.0.0.10
*.preview IN A     10.0.0.7    ; any name below preview
; events: not built yet
`;
// #endregion

export const zones: Readonly<Record<string, string>> = { '.': root, 'com.': com, '100xglobal.com.': global };
