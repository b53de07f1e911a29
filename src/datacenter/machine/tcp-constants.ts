// The numbers of TCP, each with its source. Times in nanoseconds. Linux's values where the RFCs leave the
// choice, because that is what the reader's servers run on.

const MS = 1_000_000;
const SECOND = 1000 * MS;

/** Ethernet's 1500 bytes without 20 of IP and 20 of TCP header (RFC 9293, 3.7.1). */
export const MSS = 1460;

/** What a packet takes that never leaves its machine. */
export const TO_ITSELF_NS = 10_000;

/** The largest window without the window scale option, which is not modelled (RFC 9293, 3.1). */
export const RECEIVE_BUFFER_BYTES = 65_535;
/** Twice the largest window, as Linux sizes it (net/ipv4/tcp_input.c, tcp_sndbuf_expand). */
export const SEND_BUFFER_BYTES = 131_072;

/** An acknowledgment waits so long for data to ride on (Linux TCP_DELACK_MIN; RFC 1122 allows 500 ms). */
export const DELAYED_ACK_NS = 40 * MS;
/** So many segments at the start of a one-way stream are acknowledged at once (Linux TCP_MAX_QUICKACKS). */
export const QUICK_ACKS = 16;

/** Before any round trip was measured (RFC 6298, 2.1; Linux TCP_TIMEOUT_INIT). Also the first SYN retry. */
export const RTO_INITIAL_NS = 1 * SECOND;
/** Linux TCP_RTO_MIN: the least that is added to the smoothed round trip. */
export const RTO_MIN_NS = 200 * MS;
/** Linux TCP_RTO_MAX. */
export const RTO_MAX_NS = 120 * SECOND;

/** Retries at 1, 3, 7, 15, 31, 63 s; ETIMEDOUT at 127 s (Linux tcp_syn_retries). */
export const SYN_RETRIES = 6;
/** Linux tcp_synack_retries. */
export const SYN_ACK_RETRIES = 5;
/** Some 15 minutes of silence, then ETIMEDOUT (Linux tcp_retries2). */
export const DATA_RETRIES = 15;
/** The same for a connection that no process holds any more (Linux tcp_orphan_retries, effective). */
export const ORPHAN_RETRIES = 8;

/** A closed connection waits so long for the peer's FIN (Linux tcp_fin_timeout). */
export const FIN_WAIT_2_NS = 60 * SECOND;
/**
 * RFC 9293, 3.4.2 wants two maximum segment lifetimes (4 minutes), Linux takes 60 s. Here 5 s, to keep memory
 * small: enough for a peer to send its FIN again four times; one that loses more finds RST and ECONNRESET.
 */
export const TIME_WAIT_NS = 5 * SECOND;

/** libuv's uv_tcp_keepalive sets TCP_KEEPINTVL 1 and TCP_KEEPCNT 10. */
export const KEEPALIVE_INTERVAL_NS = 1 * SECOND;
export const KEEPALIVE_PROBES = 10;

/** net.ipv4.ip_local_port_range. */
export const EPHEMERAL_PORT_MIN = 32_768;
export const EPHEMERAL_PORT_MAX = 60_999;

/** RFC 5681, 3.2: duplicate acknowledgments that mean a lost segment. */
export const DUPLICATE_ACKS = 3;
/** RFC 6928: the first congestion window, in segments. */
export const INITIAL_WINDOW_SEGMENTS = 10;
