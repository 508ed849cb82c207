#!/bin/sh
# make.sh FOLDER: a git repository of posts with the hook; shows a commit refused, mended and accepted.
set -eu
folder=${1:?usage: make.sh FOLDER}
screen=${GOVMEDIA_SCREEN:-govmedia-screen}
mkdir "$folder"
cd "$folder"
git init -q
git config user.name 编辑
git config user.email editor@example.gov.cn
"$screen" hook install --include '稿件/*'

mkdir 稿件
cat >稿件/防汛提示.md <<'POST'
---
title: 防汛提示
account: 某镇发布
kind: notice
---

今天夜间有大到暴雨，请低洼地带居民留意预警，必要时及时转移。
POST
git add 稿件
git commit -q -m "防汛提示" && echo "好稿子：提交了"

cat >稿件/救助公示.md <<'POST'
---
title: 临时救助公示
account: 某镇发布
kind: notice
---

拟救助对象：王某某，身份证号610881199003071231。
POST
git add 稿件
if git commit -q -m "救助公示"; then
	echo "不该走到这里：稿件里有身份证号" >&2
	exit 1
fi
echo "有身份证号：没有提交"

sed -i.bak 's/610881199003071231/610881********1231/' 稿件/救助公示.md
rm 稿件/救助公示.md.bak
git add 稿件
git commit -q -m "救助公示（证件号已隐去）" && echo "改好了：提交了"
