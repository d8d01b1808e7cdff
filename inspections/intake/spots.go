package intake

import (
	"math"
	"sort"
	"strconv"
)

// enoughSpots is how many sign-ins it takes to say where a village's sign-ins lie.
const enoughSpots = 5

// spot is a pair of coordinates in degrees; China lies within the limits below.
type spot struct{ lat, lon float64 }

const (
	minLat, maxLat = 3.0, 54.0
	minLon, maxLon = 73.0, 136.0
)

func (s spot) inChina() bool {
	return s.lat >= minLat && s.lat <= maxLat && s.lon >= minLon && s.lon <= maxLon
}

// readSpot reads coordinates; key is "" when they stood plainly, "coordinates_swapped" when they were
// exchanged, and another key when there are none to be had.
func readSpot(lat, lon string) (at spot, key string, ok bool) {
	a, b := squeeze(lat), squeeze(lon)
	if a == "" && b == "" {
		return spot{}, "", false
	}
	y, errY := strconv.ParseFloat(a, 64)
	x, errX := strconv.ParseFloat(b, 64)
	switch at = (spot{y, x}); {
	case errY != nil || errX != nil:
		return spot{}, "coordinates_far", false
	case x == 0 || y == 0:
		return spot{}, "coordinates_zero", false
	case at.inChina():
		return at, "", true
	case (spot{x, y}).inChina():
		return spot{x, y}, "coordinates_swapped", true
	}
	return spot{}, "coordinates_far", false
}

// metres gives the distance on the ground; exact enough within a county.
func (s spot) metres(o spot) float64 {
	const perDegree = 111_195 // of latitude
	dy := (s.lat - o.lat) * perDegree
	dx := (s.lon - o.lon) * perDegree * math.Cos((s.lat+o.lat)/2*math.Pi/180)
	return math.Hypot(dx, dy)
}

// middle gives the median place, which a few odd ones do not move; false when there are too few.
func middle(spots []spot) (spot, bool) {
	if len(spots) < enoughSpots {
		return spot{}, false
	}
	lats, lons := make([]float64, len(spots)), make([]float64, len(spots))
	for i, s := range spots {
		lats[i], lons[i] = s.lat, s.lon
	}
	sort.Float64s(lats)
	sort.Float64s(lons)
	return spot{lats[len(lats)/2], lons[len(lons)/2]}, true
}
