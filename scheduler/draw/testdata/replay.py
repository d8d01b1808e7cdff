#!/usr/bin/env python3
"""Second implementation of the sealed draw: standard library only, made from the
text of DRAW.md and not from the Go code.

replay.py vectors VECTORS.json   checks every vector
replay.py proof PROOF.json       recomputes every slot of an exported proof
replay.py hazard HAZARD.json     checks solved thresholds with exact fractions
Exit 0 and a line of counts, or exit 1 naming the first difference."""
import hashlib, hmac, itertools, json, pathlib, sys
from fractions import Fraction

def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()

def canonical(v):
    return json.dumps(v, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

def prf(seed, domain, i):
    block = sha(domain.encode().ljust(8, b"\0"), seed, (i // 4).to_bytes(8, "big"))
    return int.from_bytes(block[8 * (i % 4):8 * (i % 4) + 8], "big")

def neg_log(u):
    v = u + 1
    if v == 1 << 64:
        return 0
    n = v.bit_length() - 1
    x, f = v << (63 - n), 0
    for _ in range(40):
        p, f = x * x, 2 * f
        if p >= 1 << 127:
            f, x = f + 1, p >> 64
        else:
            x = p >> 63
    return (64 << 40) - ((n << 40) + f)

def race(seed, domain, weights):
    """Least L/w by exact fractions, ties to the lower id."""
    return min(((Fraction(neg_log(prf(seed, domain, i)), w), i) for i, w in weights.items() if w > 0), default=(0, None))[1]

def pick_team(seed, risk, bag, alpha):
    m = {i: min(risk[i], 2000) for i in bag if i in risk}
    a = min(alpha, 3932 * sum(m.values()) // max(m.values())) if m and max(m.values()) else 0
    from_bag = prf(seed, "mix", 0) >> 48 < a
    return race(seed, "team", m if from_bag else risk), from_bag

def previous(x):
    return sha(b"anfang/chain/v1", x)

def co_seed(text):
    dice = len(text) == 10 and set(text) <= set("123456")
    if text and not dice and not (len(text) == 32 and set(text) <= set("0123456789abcdef")):
        raise ValueError("co-seed")
    return sha(text.encode())[:16] if text else b""

def derive(link, coseed, beacon, county, year, week, slot):
    key = hmac.new(beacon or bytes(32), link + coseed, "sha256").digest()
    info = b"anfang/v1" + county.to_bytes(8, "big") + year.to_bytes(2, "big") + bytes([week, slot])
    return hmac.new(key, info + b"\x01", "sha256").digest()

def minute(seed, length):
    draws = (prf(seed, "minute", i) for i in itertools.count())
    return next(u for u in draws if u < (1 << 64) // length * length) % length

def forced(k, r, b):
    return k < 2 and r <= 2 - k + b

def dispatch(seed, k, r, b, z):
    return forced(k, r, b) or prf(seed, "slot", 0) < z

def expected(slots, b, c_ppm, z):
    c, h, ahead = Fraction(c_ppm, 10**6), Fraction(z, 1 << 64), [Fraction(0)] * 3
    for r in range(1, slots + 1):
        p = [c if forced(k, r, b) else h * c for k in range(3)]
        ahead = [p[k] * (1 + ahead[min(k + 1, 2)]) + (1 - p[k]) * ahead[k] for k in range(3)]
    return ahead[0]

def root16(n):
    low, high = 0, 1 << (n.bit_length() // 16 + 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**16 <= n else (low, middle - 1)
    return low

def fair(d):
    return root16(1 << (256 - d))

def surplus(n, s, N, S):
    return max(-64, min(64, 16 * (n * S - N * s) // S)) if S else 0

def pair_weight(fa, fb, recent):
    w = max(1, fa * fb >> 16)
    return max(1, w * 3 // 10) if recent else w

def pick_pair(seed, row):
    N, S = row["total_visits"], row["total_slots"]
    barred = {b["inspector"] for b in row["barred"]}
    value = {s["inspector"]: fair(surplus(s["visits"], s["slots"], N, S))
             for s in row["standby"] if s["inspector"] not in barred}
    weights = {(a << 32) + b: pair_weight(value[a], value[b], [a, b] in row["recent"])
               for a in value for b in value if a < b}
    won = race(seed, "pair", weights)
    return [] if won is None else [won >> 32, won & 0xFFFFFFFF]

def same(what, got, want):
    if got != want:
        sys.exit(f"{what}: got {got}, recomputed {want}")

def replay_vectors(v):
    x = bytes.fromhex
    for c in v["prf"]:
        same("prf", int(c["u"]), prf(x(c["seed"]), c["domain"], c["id"]))
    for c in v["log"]:
        same("log", int(c["L"]), neg_log(int(c["u"])))
    link = x(v["chain"]["x_T"])
    for t in range(53 * 32 - 1, -1, -1):
        link = previous(link)
        if f"x_{t}" in v["chain"]:
            same(f"x_{t}", v["chain"][f"x_{t}"], link.hex())
    for c in v["coseed"]:
        same("coseed", c["bytes"], co_seed(c["text"]).hex())
    for c in v["seed"]:
        same("seed", c["seed"], derive(x(c["x_t"]), x(c["coseed"]), x(c["beacon"]), c["county"], c["year"], c["week"], c["slot"]).hex())
    for d, f in v["fair"].items():
        same(f"fair {d}", f, fair(int(d)))
    for c in v["surplus"]:
        same("surplus", c["d"], surplus(c["n"], c["s"], c["N"], c["S"]))
    for c in v["minute"]:
        same("minute", c["minute"], minute(x(c["seed"]), c["length"]))
    for c in v["dispatch"]:
        same("dispatch", c["dispatch"], dispatch(x(c["seed"]), c["k"], c["r"], c["b"], int(c["z"])))
    risk = {int(i): r for i, r in v["teams"]["risk"].items()}
    small = v["teams_small_bag"]
    for bag, alpha, draws in ((v["teams"]["bag"], v["teams"]["alpha"], v["teams"]["draws"]),
                              ([], v["teams"]["alpha"], v["teams_empty_bag"]), (small["bag"], small["alpha"], small["draws"])):
        for c in draws:
            same("team", (c["winner"], c["from_bag"]), pick_team(x(c["seed"]), risk, bag, alpha))
    p = v["pairs"]
    for i, w in p["weights"].items():
        a, b = int(i) >> 32, int(i) & 0xFFFFFFFF
        same("weight", w, pair_weight(fair(p["d"][str(a)]), fair(p["d"][str(b)]), [a, b] in p["recent"]))
    for c in p["draws"]:
        same("pair", int(c["pair"]), race(x(c["seed"]), "pair", {int(i): w for i, w in p["weights"].items()}))
    return "all vectors"

def replay_week(week, made, counts):
    f = json.loads(week["freeze"])
    at = f"{f['year']}-W{f['week']:02}"
    same(at + " freeze", week["freeze"], canonical(f))
    same(at + " freeze_hash", week["freeze_hash"], sha(b"anfang/freeze/v1", week["freeze"].encode()).hex())
    e = expected(len(f["slots"]), f["buffer"], f["completion_ppm"], int(f["z"]))
    if f["limit"] == "reached" and abs(e - Fraction(f["lambda_milli"], 1000)) > Fraction(1, 10**6):
        sys.exit(f"{at} z: gives {float(e)} visits")
    risk = {t["id"]: t["risk"] for t in f["teams"]}
    for number, (frozen, slot) in enumerate(zip(f["slots"], week["slots"]), 1):
        row, where = slot["row"], f"{at} slot {number}"
        same(where + " head", [row[k] for k in ("slot", "freeze", "coseed", "left", "completed", "county", "year", "week")],
             [number, week["freeze_hash"], week["coseed"], len(f["slots"]) - number + 1, len(row["counted"]), f["county"], f["year"], f["week"]])
        same(where + " counted", [made.get(i, (0, 0))[0] for i in row["counted"]], [at] * len(row["counted"]))
        same(where + " standby", [s["inspector"] for s in row["standby"]], frozen["standby"])
        cleared = {c["team"] for c in row["cleared"]}
        bag = [t["id"] for t in f["teams"] if t["bag"] and t["id"] not in cleared]
        same(where + " cleared", [made[i][1] for i in row["counted"] if made[i][1] in bag], [])
        counts["slots"] += 1
        if slot["link"]:
            link = x = bytes.fromhex(slot["link"])
            for _ in range((f["week"] - 1) * 32 + number):
                x = previous(x)
            same(where + " link", f["anchor"], x.hex())
            seed = derive(link, co_seed(row["coseed"]), bytes.fromhex(row["beacon"]), f["county"], f["year"], f["week"], number)
            same(where + " minute", row["minute"], minute(seed, frozen["closes"] - frozen["opens"]))
            if row["outcome"] != "missed":
                want = ["none", 0, False, [], False]
                if dispatch(seed, row["completed"], row["left"], f["buffer"], int(f["z"])):
                    pair = pick_pair(seed, row)
                    want = ["dispatch", *pick_team(seed, risk, bag, f["alpha"]), pair, not pair]
                same(where, [row[k] for k in ("outcome", "team", "from_bag", "pair", "escalated")], want)
            counts["recomputed"] += 1
        if row["outcome"] == "dispatch":
            made[row["visit"]] = (at, row["team"])

def main(mode, path):
    data = json.loads(pathlib.Path(path).read_text("utf-8"))
    if mode == "vectors":
        return replay_vectors(data)
    if mode == "hazard":
        for c in data:
            e = expected(c["slots"], c["buffer"], c["completion_ppm"], int(c["z"]))
            if abs(e - Fraction(c["expected_nano"], 10**9)) > Fraction(1, 10**8):
                sys.exit(f"hazard {c}: expectation is {float(e)}")
        return f"{len(data)} thresholds"
    same("digest", data["digest"], sha(b"anfang/proof/v1", canonical({**data, "digest": "0" * 64}).encode()).hex())
    made, counts = {}, {"slots": 0, "recomputed": 0}
    for week in data["weeks"]:
        replay_week(week, made, counts)
    return f"{counts['slots']} slots, {counts['recomputed']} recomputed"

if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("vectors", "proof", "hazard"):
        sys.exit(__doc__)
    print("ok:", main(*sys.argv[1:]))
