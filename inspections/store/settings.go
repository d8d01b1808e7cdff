package store

import "anfang.example/inspections"

type settingRow struct {
	inspections.Setting
	Seq int64 `db:"seq"`
}

var settings = table[settingRow]{name: "settings", noun: "setting", keys: []string{"seq"}}

// Settings lists everything ever set, in the order in which it was recorded.
func (t *Tx) Settings() ([]inspections.Setting, error) {
	rows, err := settings.all(t, where{}, "ORDER BY seq")
	if err != nil {
		return nil, err
	}
	var list []inspections.Setting
	for _, r := range rows {
		list = append(list, r.Setting)
	}
	return list, nil
}

// AddSetting records a dated value; earlier ones stay.
func (t *Tx) AddSetting(s inspections.Setting) error {
	row := settingRow{Setting: s}
	if err := claim(t, "setting", &row.Seq); err != nil {
		return err
	}
	return settings.insert(t, row)
}
