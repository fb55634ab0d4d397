-- Convert a folder of posts in one process: pandoc -f markdown --lua-filter pandoc.lua -M from=FROM -M to=TO /dev/null
function Pandoc(document)
  local source = pandoc.utils.stringify(document.meta.from)
  local target = pandoc.utils.stringify(document.meta.to)
  os.execute("mkdir -p '" .. target .. "'")
  for name in io.popen("ls '" .. source .. "'"):lines() do
    local file = io.open(source .. "/" .. name, "rb")
    local text = file:read("a")
    file:close()
    if utf8.len(text) then
      local _, fence = text:find("\n---\n", 1, true)
      fence = fence or 0
      local body = pandoc.write(pandoc.read(text:sub(fence + 1), "html"), "gfm")
      file = io.open(target .. "/" .. name, "wb")
      file:write(text:sub(1, fence), body)
      file:close()
    end
  end
end
