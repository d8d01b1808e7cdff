package pdf

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"anfang.example/templates/fonts"
)

// Source is a place faces come from. Resolve asks sources in order, and the first face for a role wins.
type Source interface {
	// Fonts gives the faces found there with the role each is for; a face of no known role joins the fallback.
	Fonts() ([]RoleFace, error)
}

// RoleFace is a face and the role it is for; an empty role means it serves only for characters others lack.
type RoleFace struct {
	Role Role
	Face *Face
}

// Faces answers which face draws which character in which role.
type Faces struct {
	chains map[Role][]*Face
	own    map[Role]bool
}

// Resolve gathers the sources' faces. It fails if a source does, or if there is no face at all.
func Resolve(sources ...Source) (Faces, error) {
	byRole := map[Role][]*Face{}
	var extra []*Face
	for _, source := range sources {
		found, err := source.Fonts()
		if err != nil {
			return Faces{}, err
		}
		for _, f := range found {
			if f.Role == "" {
				extra = append(extra, f.Face)
				continue
			}
			byRole[f.Role] = append(byRole[f.Role], f.Face)
		}
	}
	faces := Faces{chains: map[Role][]*Face{}, own: map[Role]bool{}}
	for _, role := range Roles {
		var chain []*Face
		for _, other := range standIns[role] {
			chain = append(chain, byRole[other]...)
		}
		faces.chains[role] = append(chain, extra...)
		faces.own[role] = len(byRole[role]) > 0
		if len(faces.chains[role]) == 0 {
			return Faces{}, fmt.Errorf("pdf: no font for role %s in %d sources", role, len(sources))
		}
	}
	return faces, nil
}

// Uses says which face serves each role, for doctor and for the record of an issue.
func (f Faces) Uses() []FaceUse {
	uses := make([]FaceUse, 0, len(Roles))
	for _, role := range Roles {
		if len(f.chains[role]) == 0 {
			continue
		}
		face := f.chains[role][0]
		uses = append(uses, FaceUse{
			Role: role, Name: face.Name, SHA256: face.SHA256, Origin: face.Origin, Fallback: !f.own[role],
		})
	}
	return uses
}

// find gives the face and glyph for a character. Characters that are one em wide in Chinese text (quotation marks,
// dots) are taken, if possible, from a face that has them so: many faces carry Latin ones at the same code.
func (f Faces) find(role Role, r rune) (*Face, glyph) {
	var narrowFace *Face
	var narrow glyph
	for _, face := range f.chains[role] {
		g := face.glyphOf(r)
		if !g.found {
			continue
		}
		if !fullWidth(r) || g.width > 0.8 {
			return face, g
		}
		if narrowFace == nil {
			narrowFace, narrow = face, g
		}
	}
	return narrowFace, narrow
}

// OriginBuiltin is the origin of the faces inside the program.
const OriginBuiltin = "builtin"

// Builtin is the source of the faces that come with the program. They are unpacked and parsed once per process.
func Builtin() Source { return builtinSource{} }

type builtinSource struct{}

func (builtinSource) Fonts() ([]RoleFace, error) { return loadBuiltin() }

var loadBuiltin = sync.OnceValues(func() ([]RoleFace, error) {
	builtins := fonts.Builtins()
	found := make([]RoleFace, len(builtins))
	errs := make([]error, len(builtins))
	var all sync.WaitGroup
	for i, b := range builtins {
		all.Go(func() {
			data, err := b.Read()
			if err != nil {
				errs[i] = err
				return
			}
			face, err := LoadFace(OriginBuiltin, data)
			found[i], errs[i] = RoleFace{Role: Role(b.Role), Face: face}, err
		})
	}
	all.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return found, nil
})

// Directory is the source of the fonts an office has put into a folder. A file's role is its name if that is a role
// (fangsong.ttf), else it is known by the family names in the file. A folder that is not there is an empty source.
func Directory(path string) Source { return directory{path} }

type directory struct{ path string }

func (d directory) Fonts() ([]RoleFace, error) {
	entries, err := os.ReadDir(d.path)
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read fonts: %w", err)
	}
	type ranked struct {
		RoleFace
		rank int
	}
	var found []ranked
	for _, entry := range entries { // in order of name, so that the choice does not depend on the disk
		extension := strings.ToLower(filepath.Ext(entry.Name()))
		if entry.IsDir() || !slices.Contains([]string{".ttf", ".otf", ".ttc", ".otc"}, extension) {
			continue
		}
		path := filepath.Join(d.path, entry.Name())
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("read font: %w", err)
		}
		face, err := LoadFace(path, data)
		if err != nil {
			return nil, err
		}
		stem := Role(strings.TrimSuffix(strings.ToLower(entry.Name()), extension))
		if slices.Contains(Roles, stem) {
			found = append(found, ranked{RoleFace{stem, face}, 0})
			continue
		}
		role, rank := roleByName(face.families)
		found = append(found, ranked{RoleFace{role, face}, rank})
	}
	slices.SortStableFunc(found, func(a, b ranked) int { return a.rank - b.rank })
	result := make([]RoleFace, 0, len(found))
	for _, f := range found {
		result = append(result, f.RoleFace)
	}
	return result, nil
}

// roleByName finds the role whose list holds one of the names, and the name's place in that list.
func roleByName(families []string) (Role, int) {
	for _, line := range roleTable() {
		for rank, name := range line[1:] {
			if slices.Contains(families, strings.ToLower(name)) {
				return Role(line[0]), rank + 1
			}
		}
	}
	return "", 0
}

var roleTable = sync.OnceValue(func() [][]string {
	var table [][]string
	for line := range bytes.Lines(fonts.RoleNames()) {
		text := strings.TrimSpace(string(line))
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		table = append(table, strings.Split(text, "\t"))
	}
	return table
})
