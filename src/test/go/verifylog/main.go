// Command verifylog judges what Venule writes with tools that share no code with it: golang.org/x/mod/sumdb/note and tlog.
//
//	verifylog export DIR KEYFILE   a tiled log: signature, entry bundles, every tile, the root, a proof of each entry
//	verifylog trees FILE           roots and proofs of random trees, one to a line (see trees)
//	verifylog notes FILE KEYFILE   prints for each note, given in base64 on a line of its own, "yes" or "no"
//
// Exits 0 where everything holds, 1 where something does not (and says what), 2 on wrong use.
package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8
const tileWidth = 1 << tileHeight

// maxProven bounds the proofs made one by one: each reads and hashes a tile a level. The root covers every entry anyway.
const maxProven = 10_000

func main() {
	var said string
	var err error
	switch {
	case len(os.Args) == 4 && os.Args[1] == "export":
		said, err = export(os.Args[2], os.Args[3])
	case len(os.Args) == 3 && os.Args[1] == "trees":
		said, err = trees(os.Args[2])
	case len(os.Args) == 4 && os.Args[1] == "notes":
		said, err = notes(os.Args[2], os.Args[3])
	default:
		fmt.Println("usage: verifylog export DIR KEYFILE | trees FILE | notes FILE KEYFILE")
		os.Exit(2)
	}
	if err != nil {
		fmt.Println("BAD:", err)
		os.Exit(1)
	}
	fmt.Println(said)
}

// memory holds every hash of a tree in the order in which tlog numbers them.
type memory []tlog.Hash

func (m memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index >= int64(len(m)) {
			return nil, fmt.Errorf("no hash %d", index)
		}
		hashes[i] = m[index]
	}
	return hashes, nil
}

func (m *memory) add(number int64, leaf tlog.Hash) error {
	hashes, err := tlog.StoredHashesForRecordHash(number, leaf, *m)
	*m = append(*m, hashes...)
	return err
}

// files gives tlog the tiles of the directory, as C2SP tlog-tiles names them.
type files struct {
	dir  string
	seen map[string][]byte
}

func name(tile tlog.Tile) string {
	path := strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d/", tileHeight))
	return "tile/" + path
}

func (f *files) Height() int { return tileHeight }

func (f *files) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data, known := f.seen[name(tile)]
		if !known {
			var err error
			if data, err = os.ReadFile(filepath.Join(f.dir, name(tile))); err != nil {
				return nil, err
			}
			f.seen[name(tile)] = data
		}
		all = append(all, data)
	}
	return all, nil
}

func (f *files) SaveTiles([]tlog.Tile, [][]byte) {}

func export(dir, keyFile string) (string, error) {
	tree, err := checkpoint(dir, keyFile)
	if err != nil {
		return "", err
	}
	fromEntries, err := readEntries(dir, tree.N)
	if err != nil {
		return "", err
	}
	root, err := treeHash(tree.N, fromEntries)
	if err != nil {
		return "", err
	}
	if root != tree.Hash {
		return "", fmt.Errorf("entries give root %v, signed is %v", root, tree.Hash)
	}
	if err := compareFiles(dir, tree.N, fromEntries); err != nil {
		return "", err
	}
	if err := proveAll(dir, tree, fromEntries); err != nil {
		return "", err
	}
	return fmt.Sprintf("OK: %d entries, root %v, proven by its tiles", tree.N, tree.Hash), nil
}

// treeHash is tlog's, but for the empty tree, which RFC 6962 gives the hash of nothing.
func treeHash(size int64, hashes memory) (tlog.Hash, error) {
	if size == 0 {
		return sha256.Sum256(nil), nil
	}
	return tlog.TreeHash(size, hashes)
}

func checkpoint(dir, keyFile string) (tlog.Tree, error) {
	signed, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	if err != nil {
		return tlog.Tree{}, err
	}
	return open(signed, keyFile)
}

func open(signed []byte, keyFile string) (tlog.Tree, error) {
	key, err := os.ReadFile(keyFile)
	if err != nil {
		return tlog.Tree{}, err
	}
	verifier, err := note.NewVerifier(strings.TrimSpace(string(key)))
	if err != nil {
		return tlog.Tree{}, err
	}
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, fmt.Errorf("not a checkpoint of %s", verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return tlog.Tree{}, fmt.Errorf("no size: %s", lines[1])
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// readEntries hashes each entry of each bundle, in order.
func readEntries(dir string, size int64) (memory, error) {
	var all memory
	for from := int64(0); from < size; from += tileWidth {
		width := min(tileWidth, size-from)
		tile := tlog.Tile{H: tileHeight, L: 0, N: from / tileWidth, W: int(width)}
		path := strings.Replace(name(tile), "tile/0/", "tile/entries/", 1)
		bundle, err := os.ReadFile(filepath.Join(dir, path))
		if err != nil {
			return nil, err
		}
		for i := int64(0); i < width; i++ {
			if len(bundle) < 2 || len(bundle) < 2+int(binary.BigEndian.Uint16(bundle)) {
				return nil, fmt.Errorf("entry %d is cut off", from+i)
			}
			end := 2 + int(binary.BigEndian.Uint16(bundle))
			if err := all.add(from+i, tlog.RecordHash(bundle[2:end])); err != nil {
				return nil, err
			}
			bundle = bundle[end:]
		}
		if len(bundle) > 0 {
			return nil, fmt.Errorf("%s has %d stray bytes", path, len(bundle))
		}
	}
	return all, nil
}

// compareFiles demands exactly the tiles that the entries give, byte for byte, and no other file.
func compareFiles(dir string, size int64, hashes memory) error {
	want := map[string]bool{"checkpoint": true}
	for _, tile := range tilesOf(size) {
		data, err := tlog.ReadTileData(tile, hashes)
		if err != nil {
			return err
		}
		stored, err := os.ReadFile(filepath.Join(dir, name(tile)))
		if err != nil {
			return err
		}
		if !bytes.Equal(data, stored) {
			return fmt.Errorf("%s is not what the entries give", name(tile))
		}
		want[name(tile)] = true
		if tile.L == 0 {
			want[strings.Replace(name(tile), "tile/0/", "tile/entries/", 1)] = true
		}
	}
	return filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		relative, err := filepath.Rel(dir, path)
		if err == nil && !want[filepath.ToSlash(relative)] {
			return fmt.Errorf("%s is none of the log's files", relative)
		}
		return err
	})
}

// tilesOf are the tiles of a tree that was written once: all full ones, and one part-filled at the end of each level.
func tilesOf(size int64) []tlog.Tile {
	var tiles []tlog.Tile
	for level, count := 0, size; count > 0; level, count = level+1, count/tileWidth {
		for number := int64(0); number*tileWidth < count; number++ {
			width := min(tileWidth, count-number*tileWidth)
			tiles = append(tiles, tlog.Tile{H: tileHeight, L: level, N: number, W: int(width)})
		}
	}
	return tiles
}

// proveAll proves each entry (of a large log, evenly chosen ones) from the tiles alone, which tlog checks against the signed root
// as it reads them.
func proveAll(dir string, tree tlog.Tree, hashes memory) error {
	reader := tlog.TileHashReader(tree, &files{dir, map[string][]byte{}})
	stride := 1 + tree.N/maxProven
	for number := int64(0); number < tree.N; number += stride {
		proof, err := tlog.ProveRecord(tree.N, number, reader)
		if err != nil {
			return fmt.Errorf("entry %d: %w", number, err)
		}
		leaf := hashes[tlog.StoredHashIndex(0, number)]
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, number, leaf); err != nil {
			return fmt.Errorf("entry %d: %w", number, err)
		}
	}
	return nil
}

// trees reads lines of: seed, size, root, index, its proof, earlier size, its root, the proof between both; hashes in base64,
// a proof's parted by commas, "-" for an empty one. Leaf i of a tree is SHA-256 of "<seed>/<i>" as a record.
func trees(file string) (string, error) {
	in, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer in.Close()
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	count := 0
	for ; lines.Scan(); count++ {
		if err := tree(strings.Fields(lines.Text())); err != nil {
			return "", fmt.Errorf("line %d: %w", count+1, err)
		}
	}
	return fmt.Sprintf("OK: %d trees agree", count), lines.Err()
}

func tree(field []string) error {
	if len(field) != 8 {
		return fmt.Errorf("%d fields", len(field))
	}
	var number [3]int64
	for i, text := range []string{field[1], field[3], field[5]} {
		var err error
		if number[i], err = strconv.ParseInt(text, 10, 64); err != nil {
			return err
		}
	}
	size, index, earlier := number[0], number[1], number[2]
	var hashes memory
	for i := int64(0); i < size; i++ {
		record := sha256.Sum256([]byte(fmt.Sprintf("%s/%d", field[0], i)))
		if err := hashes.add(i, tlog.RecordHash(record[:])); err != nil {
			return err
		}
	}
	root, err := tlog.TreeHash(size, hashes)
	if err != nil || root.String() != field[2] {
		return fmt.Errorf("root is %v here, %s there: %v", root, field[2], err)
	}
	earlierRoot, err := tlog.TreeHash(earlier, hashes)
	if err != nil || earlierRoot.String() != field[6] {
		return fmt.Errorf("earlier root is %v here, %s there: %v", earlierRoot, field[6], err)
	}
	return proofs(field, hashes, tlog.Tree{N: size, Hash: root}, tlog.Tree{N: earlier, Hash: earlierRoot}, index)
}

func proofs(field []string, hashes memory, now, earlier tlog.Tree, index int64) error {
	ofRecord, err := tlog.ProveRecord(now.N, index, hashes)
	if err != nil || text(ofRecord) != field[4] {
		return fmt.Errorf("another proof of record %d here: %v", index, err)
	}
	if err := tlog.CheckRecord(ofRecord, now.N, now.Hash, index, hashes[tlog.StoredHashIndex(0, index)]); err != nil {
		return err
	}
	ofTree, err := tlog.ProveTree(now.N, earlier.N, hashes)
	if err != nil || text(ofTree) != field[7] {
		return fmt.Errorf("another proof from %d here: %v", earlier.N, err)
	}
	return tlog.CheckTree(ofTree, now.N, now.Hash, earlier.N, earlier.Hash)
}

func text(proof []tlog.Hash) string {
	if len(proof) == 0 {
		return "-"
	}
	var parts []string
	for _, hash := range proof {
		parts = append(parts, hash.String())
	}
	return strings.Join(parts, ",")
}

func notes(file, keyFile string) (string, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	var said []string
	for _, line := range strings.Split(strings.TrimSuffix(string(content), "\n"), "\n") {
		signed, err := base64.StdEncoding.DecodeString(line)
		if err != nil {
			return "", err
		}
		if _, err := open(signed, keyFile); err != nil {
			said = append(said, "no")
		} else {
			said = append(said, "yes")
		}
	}
	return strings.Join(said, "\n"), nil
}

func min(a, b int64) int64 {
	if a < b {
		return a
	}
	return b
}
