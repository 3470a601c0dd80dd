// Prints the commands of gh as JSON. `npm run command-tables -- gh` runs it inside a copy of gh's own module, because the root
// command is made of internal packages.
package main

import (
	"encoding/json"
	"io"
	"os"
	"reflect"
	"strings"

	"github.com/cli/cli/v2/internal/config"
	"github.com/cli/cli/v2/internal/gh"
	"github.com/cli/cli/v2/internal/ghrepo"
	"github.com/cli/cli/v2/internal/telemetry"
	"github.com/cli/cli/v2/pkg/cmd/root"
	"github.com/cli/cli/v2/pkg/cmdutil"
	"github.com/cli/cli/v2/pkg/extensions"
	"github.com/cli/cli/v2/pkg/iostreams"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

type option struct {
	Names    []string `json:"names"`
	Takes    string   `json:"takes"`
	Required bool     `json:"required"`
	Values   []string `json:"values,omitempty"`
}

type command struct {
	Path    string   `json:"path"`
	Least   int      `json:"least"`
	Most    *int     `json:"most"`
	Options []option `json:"options"`
}

func main() {
	streams, _, _, _ := iostreams.Test()
	rootCommand, err := root.NewCmdRoot(&cmdutil.Factory{
		IOStreams:        streams,
		Browser:          noBrowser{},
		Config:           func() (gh.Config, error) { return config.NewMockConfigFromString(""), nil },
		ExtensionManager: noExtensions{},
	}, &telemetry.NoOpService{}, "", "")
	if err != nil {
		panic(err)
	}
	var commands []command
	collect(rootCommand, &commands)
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(commands); err != nil {
		panic(err)
	}
}

func collect(c *cobra.Command, commands *[]command) {
	for _, path := range paths(c) {
		least, most := countArguments(c)
		*commands = append(*commands, command{path, least, most, options(c)})
	}
	for _, child := range c.Commands() {
		collect(child, commands)
	}
}

// A command by its name and by its aliases.
func paths(c *cobra.Command) []string {
	parent := ""
	if c.HasParent() {
		parent = c.Parent().CommandPath() + " "
	}
	all := []string{parent + c.Name()}
	for _, alias := range c.Aliases {
		all = append(all, parent+alias)
	}
	return all
}

func options(c *cobra.Command) []option {
	all := []option{}
	see := func(flag *pflag.Flag) {
		names := []string{"--" + flag.Name}
		if flag.Shorthand != "" {
			names = append(names, "-"+flag.Shorthand)
		}
		_, required := flag.Annotations[cobra.BashCompOneRequiredFlag]
		all = append(all, option{names, takes(flag), required, values(flag)})
	}
	c.NonInheritedFlags().VisitAll(see)
	c.InheritedFlags().VisitAll(see)
	return all
}

func takes(flag *pflag.Flag) string {
	switch {
	case flag.NoOptDefVal == "":
		return "one"
	case flag.Value.Type() == "bool":
		return "none"
	default:
		return "joined"
	}
}

// Those of cmdutil's enumeration, whose type is not exported.
func values(flag *pflag.Flag) []string {
	of := reflect.Indirect(reflect.ValueOf(flag.Value))
	if !strings.HasPrefix(of.Type().String(), "cmdutil.enum") {
		return nil
	}
	list := of.FieldByName("options")
	all := []string{}
	for at := 0; at < list.Len(); at++ {
		all = append(all, list.Index(at).String())
	}
	return all
}

// How many arguments it takes, by asking it; nil: any number.
func countArguments(c *cobra.Command) (int, *int) {
	const bound = 5
	least := -1
	last := -1
	for count := 0; count <= bound; count++ {
		if !isTaken(c, count) {
			continue
		}
		if least == -1 {
			least = count
		}
		last = count
	}
	if least == -1 || last == bound {
		return max(least, 0), nil
	}
	return least, &last
}

// Some look at their options, which nobody has set here: what then goes wrong says nothing.
func isTaken(c *cobra.Command, count int) (ok bool) {
	defer func() {
		if recover() != nil {
			ok = true
		}
	}()
	if c.Args == nil {
		return true
	}
	args := make([]string, count)
	for at := range args {
		args[at] = "1"
	}
	return c.Args(c, args) == nil
}

type noBrowser struct{}

func (noBrowser) Browse(string) error { return nil }

type noExtensions struct{}

func (noExtensions) List() []extensions.Extension           { return nil }
func (noExtensions) Install(ghrepo.Interface, string) error { return nil }
func (noExtensions) InstallLocal(string) error              { return nil }
func (noExtensions) Upgrade(string, bool) error             { return nil }
func (noExtensions) Remove(string) error                    { return nil }
func (noExtensions) UpdateDir(string) string                { return "" }
func (noExtensions) EnableDryRunMode()                      {}

func (noExtensions) Dispatch([]string, io.Reader, io.Writer, io.Writer) (bool, error) {
	return false, nil
}

func (noExtensions) Create(string, extensions.ExtTemplateType) error { return nil }
