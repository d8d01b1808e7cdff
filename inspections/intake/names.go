package intake

import "strings"

// verdict is what comparing a written name with the known ones gave.
type verdict int

const (
	unknown verdict = iota
	exact
	repaired
	ambiguous
)

// level is one way in which a written name can stand for a known one.
type level func(written, known string) bool

// match tries the levels in order. The first that fits any name decides: one name is taken, several are
// ambiguous, never guessed.
func match(written string, known []string, levels ...level) (string, verdict) {
	return onlyOne(matches(written, known, levels...))
}

// matches is match with all the names that fit, for callers who know more of the thing than its name.
func matches(written string, known []string, levels ...level) ([]string, verdict) {
	for i, fits := range levels {
		var found []string
		for _, name := range known {
			if fits(written, name) {
				found = addName(found, name)
			}
		}
		switch {
		case len(found) == 0:
		case len(found) > 1:
			return found, ambiguous
		case i == 0:
			return found, exact
		default:
			return found, repaired
		}
	}
	return nil, unknown
}

func same(written, known string) bool { return written == known }

// inVariants: 龍形市鄉 for 龙形市乡.
func inVariants(written, known string) bool { return simple(written) == simple(known) }

// longer: 便江街道滨河路社区 for 滨河路社区.
func longer(written, known string) bool {
	return len([]rune(known)) >= 2 && strings.HasSuffix(written, known)
}

// bareName leaves a remark in brackets and stray marks away: 泉塘村(已并村).
func bareName(name string) string {
	if rest := bracketed.ReplaceAllString(name, ""); rest != "" {
		name = rest
	}
	return strings.Trim(name, "*#,;:.、")
}

// townshipStem takes the rank from a township's name: 便江街道 → 便江.
func townshipStem(name string) string {
	return trimEnds(name, "人民政府", "党委", "办事处", "街道办", "街道", "镇", "乡")
}

// trimEnds takes suffixes in turn while at least two characters remain.
func trimEnds(name string, ends ...string) string {
	for _, end := range ends {
		if rest := strings.TrimSuffix(name, end); len([]rune(rest)) >= 2 {
			name = rest
		}
	}
	return name
}

func matchTownship(written string, known []string) (string, verdict) {
	written = bareName(written)
	return match(written, known, same, inVariants,
		func(w, k string) bool { return townshipStem(simple(w)) == townshipStem(simple(k)) },
		func(w, k string) bool { return unitCore(w) != w && townshipStem(unitCore(w)) == townshipStem(k) },
		runesEqual)
}

// fullTownship reports whether a name says what the place is.
func fullTownship(name string) bool {
	for _, end := range []string{"镇", "乡", "街道"} {
		if strings.HasSuffix(name, end) && len([]rune(name)) > len([]rune(end)) {
			return true
		}
	}
	return false
}

// villageForm turns the name of a village's committee into that of the village.
func villageForm(name string) string {
	for _, f := range [][2]string{{"村村民委员会", "村"}, {"村村委会", "村"}, {"村民委员会", "村"}, {"村委会", "村"}, {"村委", "村"}, {"村村部", "村"},
		{"社区居民委员会", "社区"}, {"社区居委会", "社区"}, {"社区居委", "社区"}} {
		if rest, ok := strings.CutSuffix(name, f[0]); ok && rest != "" {
			return rest + f[1]
		}
	}
	return name
}

// villageStem takes 村 and 社区 from a village's name.
func villageStem(name string) string {
	name = villageForm(name)
	for _, end := range []string{"居委会", "社区", "村"} {
		if rest, ok := strings.CutSuffix(name, end); ok && rest != "" {
			return rest
		}
	}
	return name
}

// fullVillage reports whether a name says what the place is.
func fullVillage(name string) bool {
	return villageForm(name) == name && villageStem(name) != name && !strings.HasSuffix(name, "居委会")
}

// ofCommittee: 大村村委会 for 大村村. It is tried before villageForm, which reads the same as 大村's.
func ofCommittee(written, known string) bool {
	for _, end := range []string{"民委员会", "委会", "委", "部"} {
		if rest, ok := strings.CutSuffix(written, end); ok {
			return rest == known && strings.HasSuffix(known, "村")
		}
	}
	return false
}

// bareOfVillage: 大村 for 大村村.
func bareOfVillage(written, known string) bool {
	return written+"村" == known || written+"社区" == known
}

func matchVillage(written string, known []string) (string, verdict) {
	return onlyOne(villagesLike(written, known))
}

func onlyOne(found []string, v verdict) (string, verdict) {
	if v == exact || v == repaired {
		return found[0], v
	}
	return "", v
}

// villagesLike gives the villages a written name may stand for.
func villagesLike(written string, known []string) ([]string, verdict) {
	written = bareName(written)
	return matches(written, known, same, inVariants,
		func(w, k string) bool { return ofCommittee(simple(w), simple(k)) },
		func(w, k string) bool { return villageForm(simple(w)) == simple(k) },
		func(w, k string) bool { return bareOfVillage(simple(w), simple(k)) },
		func(w, k string) bool {
			return villageStem(simple(w)) == villageStem(simple(k)) && (!fullVillage(w) || !fullVillage(k))
		},
		func(w, k string) bool { return longer(villageForm(w), k) },
		func(w, k string) bool {
			return len([]rune(w)) >= 2 && villageStem(w) == w && strings.HasPrefix(k, w)
		},
		runesEqual)
}

// unitCore takes the county from a unit's name: 永兴县林业局 and 县林业局 → 林业局.
func unitCore(name string) string {
	r := []rune(name)
	for i := 0; i < len(r) && i <= 4; i++ {
		if r[i] == '县' && len(r)-i-1 >= 2 {
			return string(r[i+1:])
		}
	}
	return name
}

// unitEnds reports that one name is the end of the other, as when the county's name or the first
// character is left away; at least three characters must remain.
func unitEnds(w, k string) bool {
	if len([]rune(w)) < 3 || len([]rune(k)) < 3 {
		return false
	}
	return strings.HasSuffix(k, w) || strings.HasSuffix(w, k)
}

// unitShort reports the usual short form: first and last character kept and the others in their order
// (人社局 for 人力资源和社会保障局).
func unitShort(w, k string) bool {
	short, long := []rune(unitCore(w)), []rune(unitCore(k))
	if len(short) < 3 || len(short) > 6 || len(short) >= len(long) || short[0] != long[0] || short[len(short)-1] != long[len(long)-1] {
		return false
	}
	i := 0
	for _, r := range long {
		if i < len(short) && short[i] == r {
			i++
		}
	}
	return i == len(short)
}

func unitCoreEqual(w, k string) bool { return unitCore(w) == unitCore(k) }

func matchUnit(written string, known []string) (string, verdict) {
	return match(written, known, same, inVariants, unitCoreEqual, unitEnds, unitShort, runesEqual)
}
