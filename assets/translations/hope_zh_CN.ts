<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>{version}, as torch was built with</source>
        <translation>{version}（torch 构建所用）</translation>
    </message>
    <message>
        <source>no CUDA: this torch was built for ROCm {version}</source>
        <translation>没有 CUDA：此 torch 为 ROCm {version} 构建</translation>
    </message>
    <message>
        <source>no CUDA: this torch was built for the CPU alone</source>
        <translation>没有 CUDA：此 torch 仅为 CPU 构建</translation>
    </message>
</context>
<context>
    <name>AboutDialog</name>
    <message>
        <source>About HOPE Studio</source>
        <translation>关于 HOPE Studio</translation>
    </message>
    <message>
        <source>Train, watch, question and teach small language models whose memory keeps learning.</source>
        <translation>训练、观察、提问并教导记忆持续学习的小型语言模型。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;Train</source>
        <translation>训练(&amp;T)</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>单步</translation>
    </message>
    <message>
        <source>Do one step, then pause (Ctrl+Shift+R)</source>
        <translation>执行一步后暂停 (Ctrl+Shift+R)</translation>
    </message>
    <message>
        <source>Save a checkpoint now</source>
        <translation>立即保存检查点</translation>
    </message>
    <message>
        <source>Write a sample now</source>
        <translation>立即生成样例</translation>
    </message>
    <message>
        <source>Stop and discard what is not saved</source>
        <translation>停止并丢弃未保存的内容</translation>
    </message>
    <message>
        <source>End the trainer at once</source>
        <translation>立即结束训练进程</translation>
    </message>
    <message>
        <source>Do {steps} steps, then pause</source>
        <translation>执行 {steps} 步后暂停</translation>
    </message>
    <message>
        <source>Train in a process of its own (safest)</source>
        <translation>在独立进程中训练（最安全）</translation>
    </message>
    <message>
        <source>Train inside this window (starts faster)</source>
        <translation>在本窗口内训练（启动更快）</translation>
    </message>
    <message>
        <source>Stop now</source>
        <translation>立即结束</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>The trainer does not answer: end it at once; what is not saved is lost</source>
        <translation>训练进程没有响应：立即结束它，未保存的内容将丢失</translation>
    </message>
    <message>
        <source>Save a checkpoint after the step in progress and stop (Ctrl+.)</source>
        <translation>完成当前步后保存检查点并停止 (Ctrl+.)</translation>
    </message>
</context>
<context>
    <name>Branching</name>
    <message>
        <source>Branch from here</source>
        <translation>从此处分支</translation>
    </message>
    <message>
        <source>Begin a new run with the weights of {name} at step {step}?</source>
        <translation>要用 {name} 在第 {step} 步的权重开始新的运行吗？</translation>
    </message>
    <message>
        <source>This run is saved and stopped first.</source>
        <translation>会先保存并停止这次运行。</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Edit this run&apos;s settings first</source>
        <translation>先编辑这次运行的设置</translation>
    </message>
    <message>
        <source>The settings on the Configure page are those of this run.</source>
        <translation>“配置”页上的设置与这次运行相同。</translation>
    </message>
    <message>
        <source>{setting}: {after}, was {before}</source>
        <translation>{setting}：{after}，原为 {before}</translation>
    </message>
    <message>
        <source>What the Configure page has otherwise than this run:</source>
        <translation>“配置”页与这次运行不同之处：</translation>
    </message>
</context>
<context>
    <name>Callout</name>
    <message>
        <source>Hint</source>
        <translation>提示</translation>
    </message>
</context>
<context>
    <name>ChangesView</name>
    <message>
        <source>Compared with</source>
        <translation>对比对象</translation>
    </message>
    <message>
        <source>What the settings are compared with</source>
        <translation>设置的对比对象</translation>
    </message>
    <message>
        <source>Nothing differs from {name}.</source>
        <translation>与 {name} 没有不同。</translation>
    </message>
    <message>
        <source>the preset {name}</source>
        <translation>预设 {name}</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>当前</translation>
    </message>
</context>
<context>
    <name>CheckpointRibbon</name>
    <message>
        <source>Checkpoints at the steps {steps}</source>
        <translation>检查点所在步数：{steps}</translation>
    </message>
    <message>
        <source>No checkpoint yet.</source>
        <translation>还没有检查点。</translation>
    </message>
    <message>
        <source>Step {step}: {size}</source>
        <translation>第 {step} 步：{size}</translation>
    </message>
</context>
<context>
    <name>CheckpointsDock</name>
    <message>
        <source>Step</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Checkpoints of the run</source>
        <translation>本次运行的检查点</translation>
    </message>
    <message>
        <source>Write with it</source>
        <translation>用它写作</translation>
    </message>
    <message>
        <source>Move to the bin</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>已固定</translation>
    </message>
    <message>
        <source>Checkpoints: {count}, {size} together</source>
        <translation>检查点：{count} 个，共 {size}</translation>
    </message>
    <message>
        <source>No checkpoint yet.</source>
        <translation>还没有检查点。</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消固定</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>Save now</source>
        <translation>立即保存</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>best</source>
        <translation>最佳</translation>
    </message>
</context>
<context>
    <name>Closing</name>
    <message>
        <source>A run is going on</source>
        <translation>有一次运行正在进行</translation>
    </message>
    <message>
        <source>The run {name} is going on. What shall become of it?</source>
        <translation>运行 {name} 正在进行。要如何处理？</translation>
    </message>
    <message>
        <source>Keep training in the background</source>
        <translation>在后台继续训练</translation>
    </message>
    <message>
        <source>You can open it again from the Runs page at any time.</source>
        <translation>您可以随时从“运行”页面重新打开它。</translation>
    </message>
    <message>
        <source>It trains inside this window, so it cannot go on without it.</source>
        <translation>它在本窗口内训练，窗口关闭后无法继续。</translation>
    </message>
    <message>
        <source>Save and stop</source>
        <translation>保存并停止</translation>
    </message>
    <message>
        <source>Stop without saving</source>
        <translation>不保存并停止</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Find a command</source>
        <translation>查找命令</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>您想做什么？</translation>
    </message>
    <message>
        <source>Matching commands</source>
        <translation>匹配的命令</translation>
    </message>
</context>
<context>
    <name>ConfigurePage</name>
    <message>
        <source>Configure</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>Search names, keys and help (Ctrl+F)</source>
        <translation>搜索名称、键名和说明 (Ctrl+F)</translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation>搜索设置</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
    <message>
        <source>Show every setting. Without it only those are shown that matter first, that differ from the preset or that are wrong; the search finds the others all the same.</source>
        <translation>显示全部设置。不勾选时，只显示最先需要关心的、与预设不同的或有错误的设置；其余的仍可通过搜索找到。</translation>
    </message>
    <message>
        <source>Undo (Ctrl+Z)</source>
        <translation>撤销 (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Redo (Ctrl+Shift+Z)</source>
        <translation>重做 (Ctrl+Shift+Z)</translation>
    </message>
    <message>
        <source>Open preset ...</source>
        <translation>打开预设…</translation>
    </message>
    <message>
        <source>Save as preset ...</source>
        <translation>另存为预设…</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>YAML</source>
        <translation>YAML</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>改动</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>计划</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>图示</translation>
    </message>
    <message>
        <source>Proofs</source>
        <translation>检验</translation>
    </message>
    <message>
        <source>Open preset</source>
        <translation>打开预设</translation>
    </message>
    <message>
        <source>Presets (*.yaml *.yml)</source>
        <translation>预设 (*.yaml *.yml)</translation>
    </message>
    <message>
        <source>There is still something to mend before this can be saved.</source>
        <translation>保存之前还有需要改正的地方。</translation>
    </message>
    <message>
        <source>Save as preset</source>
        <translation>另存为预设</translation>
    </message>
    <message>
        <source>Presets (*.yaml)</source>
        <translation>预设 (*.yaml)</translation>
    </message>
    <message>
        <source>Saved as {path}.</source>
        <translation>已保存为 {path}。</translation>
    </message>
    <message>
        <source>Nothing can be trained until this is mended. {problem}</source>
        <translation>改正之前无法开始训练。{problem}</translation>
    </message>
</context>
<context>
    <name>ConstraintPanel</name>
    <message>
        <source>Constraint loss</source>
        <translation>约束损失</translation>
    </message>
    <message>
        <source>constraint</source>
        <translation>约束</translation>
    </message>
    <message>
        <source>The model&apos;s own second loss comes with the first step.</source>
        <translation>模型自身的第二项损失从第一步开始记录。</translation>
    </message>
</context>
<context>
    <name>Controls</name>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>准备中</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练中</translation>
    </message>
    <message>
        <source>Pausing</source>
        <translation>正在暂停</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>No signal</source>
        <translation>无信号</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Reading the text</source>
        <translation>正在读取文本</translation>
    </message>
    <message>
        <source>Learning the tokens</source>
        <translation>正在学习词元</translation>
    </message>
    <message>
        <source>Cutting the text into tokens</source>
        <translation>正在切分词元</translation>
    </message>
    <message>
        <source>Building the model</source>
        <translation>正在构建模型</translation>
    </message>
    <message>
        <source>Proving the model</source>
        <translation>正在检验模型</translation>
    </message>
    <message>
        <source>Finding the fastest threads</source>
        <translation>正在寻找最快的线程数</translation>
    </message>
    <message>
        <source>Evaluating</source>
        <translation>正在评估</translation>
    </message>
    <message>
        <source>Writing samples</source>
        <translation>正在生成样例</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>正在保存</translation>
    </message>
</context>
<context>
    <name>Core</name>
    <message>
        <source>{place}: {words}</source>
        <translation>{place}：{words}</translation>
    </message>
    <message>
        <source>All {steps} steps are done.</source>
        <translation>全部 {steps} 步已完成。</translation>
    </message>
    <message>
        <source>{seconds} seconds of training are over.</source>
        <translation>{seconds} 秒的训练时间已到。</translation>
    </message>
    <message>
        <source>No better evaluation since step {step}.</source>
        <translation>自第 {step} 步以来没有更好的评估结果。</translation>
    </message>
    <message>
        <source>Stopped by request.</source>
        <translation>已按要求停止。</translation>
    </message>
    <message>
        <source>The trainer was killed, most often because memory ran out.</source>
        <translation>训练进程被终止，通常是因为内存耗尽。</translation>
    </message>
    <message>
        <source>The trainer crashed ({signal}).</source>
        <translation>训练进程崩溃（{signal}）。</translation>
    </message>
    <message>
        <source>The trainer was ended by signal {signal}.</source>
        <translation>训练进程被信号 {signal} 终止。</translation>
    </message>
    <message>
        <source>The trainer ended with code {code} and did not say why.</source>
        <translation>训练进程以代码 {code} 结束，没有说明原因。</translation>
    </message>
    <message>
        <source>The trainer ended without a last word: killed, or the machine stopped.</source>
        <translation>训练进程没有留下任何信息就结束了：被终止，或机器停机。</translation>
    </message>
    <message>
        <source>Resume the run: it goes on from step {step}.</source>
        <translation>恢复此次运行即可从第 {step} 步继续。</translation>
    </message>
    <message>
        <source>Nothing was saved yet: resume the run to begin again.</source>
        <translation>尚未保存任何内容：恢复此次运行将从头开始。</translation>
    </message>
    <message>
        <source>If memory ran out, lower train.batch_size or data.sequence_length.</source>
        <translation>如果是内存耗尽，请调低 train.batch_size 或 data.sequence_length。</translation>
    </message>
    <message>
        <source>If it happens again, look into logs in {path}.</source>
        <translation>如果再次发生，请查看 {path} 中的日志。</translation>
    </message>
    <message>
        <source>The trainer met a fault it does not know: {fault}</source>
        <translation>训练进程遇到了未知的故障：{fault}</translation>
    </message>
    <message>
        <source>The details below tell where.</source>
        <translation>下面的详细信息指出了位置。</translation>
    </message>
    <message>
        <source>Resume the run, or report them to the program&apos;s makers.</source>
        <translation>请恢复此次运行，或将其报告给程序的开发者。</translation>
    </message>
    <message>
        <source>Stopped by {signal}.</source>
        <translation>被 {signal} 停止。</translation>
    </message>
    <message>
        <source>Training diverged at step {step}.</source>
        <translation>训练在第 {step} 步发散。</translation>
    </message>
    <message>
        <source>The loss is {value}.</source>
        <translation>损失为 {value}。</translation>
    </message>
    <message>
        <source>The loss is {value}: the weight {weight} holds one already.</source>
        <translation>损失为 {value}：权重 {weight} 中已有非数值。</translation>
    </message>
    <message>
        <source>The loss is {value}; the first part to put out one is {part}.</source>
        <translation>损失为 {value}；最先输出非数值的部件是 {part}。</translation>
    </message>
    <message>
        <source>The loss is {value}; the first gradient to hold one is that of {weight}.</source>
        <translation>损失为 {value}；最先出现非数值的是 {weight} 的梯度。</translation>
    </message>
    <message>
        <source>The gradient&apos;s norm is {value}.</source>
        <translation>梯度范数为 {value}。</translation>
    </message>
    <message>
        <source>The gradient&apos;s norm is {value}: the weight {weight} holds one already.</source>
        <translation>梯度范数为 {value}：权重 {weight} 中已有非数值。</translation>
    </message>
    <message>
        <source>The gradient&apos;s norm is {value}; the first part to put out one is {part}.</source>
        <translation>梯度范数为 {value}；最先输出非数值的部件是 {part}。</translation>
    </message>
    <message>
        <source>The gradient&apos;s norm is {value}; the first gradient to hold one is that of {weight}.</source>
        <translation>梯度范数为 {value}；最先出现非数值的是 {weight} 的梯度。</translation>
    </message>
    <message>
        <source>The writes of layer {layer}, head {head} are too strong to settle: theta lambda_max(K^T K) / (1 - eta) is {bound} there and is safe only up to {safe}.</source>
        <translation>第 {layer} 层第 {head} 头的写入过强，无法稳定：该处的 theta lambda_max(K^T K) / (1 - eta) 为 {bound}，仅在不超过 {safe} 时安全。</translation>
    </message>
    <message>
        <source>Its norm is {norm}.</source>
        <translation>其范数为 {norm}。</translation>
    </message>
    <message>
        <source>Lower the memory&apos;s largest step.</source>
        <translation>请调低记忆的最大步长。</translation>
    </message>
    <message>
        <source>Lower the memory&apos;s largest step: model.memory.{setting}, now {value}.</source>
        <translation>请调低记忆的最大步长：model.memory.{setting}，目前为 {value}。</translation>
    </message>
    <message>
        <source>The memory of layer {layer}, head {head} is the first that is not finite.</source>
        <translation>第 {layer} 层第 {head} 头的记忆最先出现非有限值。</translation>
    </message>
    <message>
        <source>The memory of layer {layer}, head {head} is the first that is not finite, though its writes are not too strong (bound {bound}, safe up to {safe}): what it was given to write was too large or no number.</source>
        <translation>第 {layer} 层第 {head} 头的记忆最先出现非有限值，尽管其写入并不过强（界限 {bound}，不超过 {safe} 时安全）：交给它写入的内容过大或不是数值。</translation>
    </message>
    <message>
        <source>The memory of layer {layer}, head {head} outgrew the others: Its norm is {norm}.</source>
        <translation>第 {layer} 层第 {head} 头的记忆远大于其他记忆：其范数为 {norm}。</translation>
    </message>
    <message>
        <source>The median of all is {norm}.</source>
        <translation>全部的中位数为 {norm}。</translation>
    </message>
    <message>
        <source>No memory is at fault: their norms are at most {norm}.</source>
        <translation>记忆均无问题：其范数最大为 {norm}。</translation>
    </message>
    <message>
        <source>No memory is at fault: their norms are at most {norm}, their writes settle (bound {bound}, safe up to {safe}).</source>
        <translation>记忆均无问题：其范数最大为 {norm}，写入可以稳定（界限 {bound}，不超过 {safe} 时安全）。</translation>
    </message>
    <message>
        <source>The weights were not moved.</source>
        <translation>权重未被改动。</translation>
    </message>
    <message>
        <source>There is no checkpoint yet.</source>
        <translation>目前还没有检查点。</translation>
    </message>
    <message>
        <source>The last good checkpoint is {name}.</source>
        <translation>最近的完好检查点是 {name}。</translation>
    </message>
    <message>
        <source>Lower train.learning_rate, raise train.warmup, or set train.precision=fp32 and start again.</source>
        <translation>请调低 train.learning_rate、调高 train.warmup，或设置 train.precision=fp32 后重新开始。</translation>
    </message>
    <message>
        <source>fp16 overflowed {count} times in a row.</source>
        <translation>fp16 连续溢出 {count} 次。</translation>
    </message>
    <message>
        <source>The model&apos;s answer is not a number.</source>
        <translation>模型的输出不是数值。</translation>
    </message>
    <message>
        <source>Its weights are damaged or its training diverged: choose an earlier checkpoint.</source>
        <translation>其权重已损坏或训练已发散：请选择更早的检查点。</translation>
    </message>
    <message>
        <source>fp16 overflowed.</source>
        <translation>fp16 溢出。</translation>
    </message>
    <message>
        <source>The memory ran out at step {step}.</source>
        <translation>内存在第 {step} 步耗尽。</translation>
    </message>
    <message>
        <source>The GPU&apos;s memory ran out at step {step}.</source>
        <translation>GPU 显存在第 {step} 步耗尽。</translation>
    </message>
    <message>
        <source>Nothing that was saved is lost.</source>
        <translation>已保存的内容没有丢失。</translation>
    </message>
    <message>
        <source>Lower train.batch_size and raise train.accumulation by the same factor (the result stays the same), lower data.sequence_length, choose a smaller model, or close other programs.</source>
        <translation>请调低 train.batch_size 并以相同倍数调高 train.accumulation（结果不变），或调低 data.sequence_length、选择更小的模型、关闭其他程序。</translation>
    </message>
    <message>
        <source>No space for {path}: about {needed} MB are needed, {left} MB are left.</source>
        <translation>没有空间写入 {path}：约需 {needed} MB，仅剩 {left} MB。</translation>
    </message>
    <message>
        <source>No space for {path}: about {needed} MB are needed.</source>
        <translation>没有空间写入 {path}：约需 {needed} MB。</translation>
    </message>
    <message>
        <source>Free some space on this disk, then go on; nothing that was saved before is lost.</source>
        <translation>请在此磁盘上腾出空间后继续；此前保存的内容没有丢失。</translation>
    </message>
    <message>
        <source>{path} cannot be written ({reason}).</source>
        <translation>无法写入 {path}（{reason}）。</translation>
    </message>
    <message>
        <source>Check that the folder exists and that you may write there, or choose another run folder.</source>
        <translation>请确认该文件夹存在且可写，或选择其他运行文件夹。</translation>
    </message>
    <message>
        <source>The run pauses, and goes on by itself as soon as there is room.</source>
        <translation>运行将暂停，一有空间便自动继续。</translation>
    </message>
    <message>
        <source>This look into the memory is lost.</source>
        <translation>此次记忆观测已丢失。</translation>
    </message>
    <message>
        <source>The steps after {step} are not saved: the disk is full.</source>
        <translation>第 {step} 步之后的内容未保存：磁盘已满。</translation>
    </message>
    <message>
        <source>Continued, not exact: the text is not the one this run began with.</source>
        <translation>已继续，但并非完全一致：文本与此次运行开始时的不同。</translation>
    </message>
    <message>
        <source>Continued, not exact: {now} process(es) train it now, and {before} did before.</source>
        <translation>已继续，但并非完全一致：现在有 {now} 个进程训练，之前为 {before} 个。</translation>
    </message>
    <message>
        <source>They read the same batches, but sums are rounded in another order.</source>
        <translation>它们读取相同的批次，但求和的舍入顺序不同。</translation>
    </message>
    <message>
        <source>Continued, not exact: it trains on {now} now, and on {before} before.</source>
        <translation>已继续，但并非完全一致：现在在 {now} 上训练，之前在 {before} 上。</translation>
    </message>
    <message>
        <source>Continued, not exact: torch is {now} now, and was {before} before.</source>
        <translation>已继续，但并非完全一致：torch 现为 {now}，之前为 {before}。</translation>
    </message>
    <message>
        <source>Training goes on all the same.</source>
        <translation>训练仍将继续。</translation>
    </message>
    <message>
        <source>The run goes on from step {step}.</source>
        <translation>运行从第 {step} 步继续。</translation>
    </message>
    <message>
        <source>The run {path} is being trained by another process already.</source>
        <translation>运行 {path} 正由另一个进程训练。</translation>
    </message>
    <message>
        <source>Watch or stop that one, or start a new run.</source>
        <translation>请观看或停止它，或开始新的运行。</translation>
    </message>
    <message>
        <source>Continued, not exact: the model is not compiled now as it was before.</source>
        <translation>已继续，但并非完全一致：模型的编译状态与之前不同。</translation>
    </message>
    <message>
        <source>It pauses after the step in progress.</source>
        <translation>当前步结束后暂停。</translation>
    </message>
    <message>
        <source>It goes on.</source>
        <translation>继续运行。</translation>
    </message>
    <message>
        <source>It does {count} steps and pauses then.</source>
        <translation>执行 {count} 步后暂停。</translation>
    </message>
    <message>
        <source>It saves and stops.</source>
        <translation>保存并停止。</translation>
    </message>
    <message>
        <source>It stops without saving.</source>
        <translation>不保存直接停止。</translation>
    </message>
    <message>
        <source>It ends this text.</source>
        <translation>结束这段文本。</translation>
    </message>
    <message>
        <source>At once.</source>
        <translation>立即执行。</translation>
    </message>
    <message>
        <source>As soon as the model stands.</source>
        <translation>模型就绪后执行。</translation>
    </message>
    <message>
        <source>No: a factor of {factor} is not above 0 and at most {limit}.</source>
        <translation>不行：倍数 {factor} 不在大于 0 且不超过 {limit} 的范围内。</translation>
    </message>
    <message>
        <source>numba is not installed: memories run on the slower chunked kernels.</source>
        <translation>未安装 numba：记忆改用较慢的分块内核。</translation>
    </message>
    <message>
        <source>numba does not work here ({reason}): memories run on the slower chunked kernels.</source>
        <translation>numba 在这里无法使用（{reason}）：记忆改用较慢的分块内核。</translation>
    </message>
    <message>
        <source>numba computes wrong values here (off by {error}): it is not used.</source>
        <translation>numba 在这里算出错误的值（相差 {error}）：不使用它。</translation>
    </message>
    <message>
        <source>flash-linear-attention is not installed: Gated DeltaNet runs on the chunked kernels here.</source>
        <translation>未安装 flash-linear-attention：Gated DeltaNet 在这里使用分块内核。</translation>
    </message>
    <message>
        <source>Installing it may be faster.</source>
        <translation>安装后可能更快。</translation>
    </message>
    <message>
        <source>flash-linear-attention does not work here ({reason}): Gated DeltaNet runs on the chunked kernels.</source>
        <translation>flash-linear-attention 在这里无法使用（{reason}）：Gated DeltaNet 使用分块内核。</translation>
    </message>
    <message>
        <source>flash-linear-attention is off by {error} here: it is not used.</source>
        <translation>flash-linear-attention 在这里相差 {error}：不使用它。</translation>
    </message>
    <message>
        <source>The results are the same, but training takes several times as long.</source>
        <translation>结果相同，但训练所需时间是原来的数倍。</translation>
    </message>
    <message>
        <source>Install the program anew to mend it.</source>
        <translation>请重新安装程序以修复。</translation>
    </message>
    <message>
        <source>The model is compiled, as it was before.</source>
        <translation>模型已编译，与之前相同。</translation>
    </message>
    <message>
        <source>The model is compiled, which makes it {gain} times as fast.</source>
        <translation>模型已编译，速度是原来的 {gain} 倍。</translation>
    </message>
    <message>
        <source>Compiled, the model is {gain} times as fast: left as it is.</source>
        <translation>编译后模型的速度只是原来的 {gain} 倍：保持不编译。</translation>
    </message>
    <message>
        <source>torch.compile failed, so the model runs as it is: {reason}</source>
        <translation>torch.compile 失败，模型按原样运行：{reason}</translation>
    </message>
    <message>
        <source>Several processes train it together, so torch.compile is left out.</source>
        <translation>由多个进程共同训练，因此不使用 torch.compile。</translation>
    </message>
    <message>
        <source>there is no GPU &apos;{name}&apos; here.</source>
        <translation>这里没有 GPU“{name}”。</translation>
    </message>
    <message>
        <source>This machine offers the CPU only: choose device=cpu or device=auto.</source>
        <translation>此机器只有 CPU：请选择 device=cpu 或 device=auto。</translation>
    </message>
    <message>
        <source>This machine offers cuda:0 and cpu.</source>
        <translation>此机器有 cuda:0 和 cpu。</translation>
    </message>
    <message>
        <source>This machine offers cuda:0 to cuda:{last} and cpu.</source>
        <translation>此机器有 cuda:0 到 cuda:{last} 以及 cpu。</translation>
    </message>
    <message>
        <source>About {needed} GB are needed, and {free} GB of this machine are free.</source>
        <translation>约需 {needed} GB，而此机器空闲 {free} GB。</translation>
    </message>
    <message>
        <source>About {needed} GB are needed, and {free} GB of {device} are free.</source>
        <translation>约需 {needed} GB，而 {device} 空闲 {free} GB。</translation>
    </message>
    <message>
        <source>Lower train.batch_size and raise train.accumulation by the same factor, or choose a smaller model.</source>
        <translation>请调低 train.batch_size 并以相同倍数调高 train.accumulation，或选择更小的模型。</translation>
    </message>
    <message>
        <source>weights, gradients and optimizer of {count} parameters take {size} GB, and this machine has {there} GB in all.</source>
        <translation>{count} 个参数的权重、梯度和优化器需要 {size} GB，而此机器总共只有 {there} GB。</translation>
    </message>
    <message>
        <source>weights, gradients and optimizer of {count} parameters take {size} GB, and {device} has {there} GB in all.</source>
        <translation>{count} 个参数的权重、梯度和优化器需要 {size} GB，而 {device} 总共只有 {there} GB。</translation>
    </message>
    <message>
        <source>Lower it, or choose a smaller model.</source>
        <translation>请调低它，或选择更小的模型。</translation>
    </message>
    <message>
        <source>{rows} sequences of {length} tokens take {size} GB for the model&apos;s answers alone, and this machine has {there} GB in all.</source>
        <translation>{rows} 条长 {length} 个词元的序列，仅模型的输出就需要 {size} GB，而此机器总共只有 {there} GB。</translation>
    </message>
    <message>
        <source>{rows} sequences of {length} tokens take {size} GB for the model&apos;s answers alone, and {device} has {there} GB in all.</source>
        <translation>{rows} 条长 {length} 个词元的序列，仅模型的输出就需要 {size} GB，而 {device} 总共只有 {there} GB。</translation>
    </message>
    <message>
        <source>Lower it and raise train.accumulation by the same factor, or lower data.sequence_length.</source>
        <translation>请调低它并以相同倍数调高 train.accumulation，或调低 data.sequence_length。</translation>
    </message>
    <message>
        <source>not even one sequence at a time fits into the memory that is free.</source>
        <translation>空闲的内存连一条序列也放不下。</translation>
    </message>
    <message>
        <source>Lower data.sequence_length, choose a smaller model, or close other programs.</source>
        <translation>请调低 data.sequence_length、选择更小的模型，或关闭其他程序。</translation>
    </message>
    <message>
        <source>Process {number} of {count} is gone, so the run ended.</source>
        <translation>{count} 个进程中的第 {number} 个已不在，因此运行结束。</translation>
    </message>
    <message>
        <source>It stood still for {seconds} seconds.</source>
        <translation>它停滞了 {seconds} 秒。</translation>
    </message>
    <message>
        <source>Process 1 ended before it had made the run.</source>
        <translation>进程 1 在建立运行之前就结束了。</translation>
    </message>
    <message>
        <source>Process 1 of this run is gone.</source>
        <translation>此运行的进程 1 已不在。</translation>
    </message>
    <message>
        <source>A process of this run did not write its share of a checkpoint.</source>
        <translation>此运行的一个进程没有写出它那份检查点。</translation>
    </message>
    <message>
        <source>Another process of this run ended, or no longer answers.</source>
        <translation>此运行的另一个进程已结束，或不再响应。</translation>
    </message>
    <message>
        <source>the memory ran out.</source>
        <translation>内存耗尽。</translation>
    </message>
    <message>
        <source>Lower train.batch_size or data.sequence_length.</source>
        <translation>请调低 train.batch_size 或 data.sequence_length。</translation>
    </message>
    <message>
        <source>The launcher gave a RANK or WORLD_SIZE that is no number ({reason}).</source>
        <translation>启动器给出的 RANK 或 WORLD_SIZE 不是数值（{reason}）。</translation>
    </message>
    <message>
        <source>Start with torchrun, or with hope train PRESET --processes N.</source>
        <translation>请用 torchrun 启动，或用 hope train PRESET --processes N。</translation>
    </message>
    <message>
        <source>the key {key} is not a word.</source>
        <translation>键 {key} 不是单词。</translation>
    </message>
    <message>
        <source>Use a plain word.</source>
        <translation>请使用普通的单词。</translation>
    </message>
    <message>
        <source>&apos;{key}&apos; stands here twice.</source>
        <translation>“{key}”在此处出现了两次。</translation>
    </message>
    <message>
        <source>Remove one of the two.</source>
        <translation>请删除其中一个。</translation>
    </message>
    <message>
        <source>this is not YAML: {reason}.</source>
        <translation>这不是 YAML：{reason}。</translation>
    </message>
    <message>
        <source>Check quotes and indents.</source>
        <translation>请检查引号和缩进。</translation>
    </message>
    <message>
        <source>Save it as plain UTF-8 text.</source>
        <translation>请存为普通的 UTF-8 文本。</translation>
    </message>
    <message>
        <source>there are no settings in it.</source>
        <translation>其中没有设置。</translation>
    </message>
    <message>
        <source>Write lines like &apos;seed: 0&apos;.</source>
        <translation>请写成“seed: 0”这样的行。</translation>
    </message>
    <message>
        <source>it is larger than {size} KB.</source>
        <translation>它超过 {size} KB。</translation>
    </message>
    <message>
        <source>A preset is a short file.</source>
        <translation>预设应是短小的文件。</translation>
    </message>
    <message>
        <source>anchors (&amp;) and aliases (*) are not used here.</source>
        <translation>这里不使用锚点 (&amp;) 和别名 (*)。</translation>
    </message>
    <message>
        <source>Write it out.</source>
        <translation>请直接写出内容。</translation>
    </message>
    <message>
        <source>the tag {tag} is not used here.</source>
        <translation>这里不使用标签 {tag}。</translation>
    </message>
    <message>
        <source>Remove it.</source>
        <translation>请删除它。</translation>
    </message>
    <message>
        <source>this number is too long.</source>
        <translation>这个数太长。</translation>
    </message>
    <message>
        <source>At most {most} digits.</source>
        <translation>最多 {most} 位。</translation>
    </message>
    <message>
        <source>it is nested deeper than {most} levels.</source>
        <translation>嵌套超过 {most} 层。</translation>
    </message>
    <message>
        <source>Flatten it.</source>
        <translation>请减少嵌套。</translation>
    </message>
    <message>
        <source>it holds more than {most} values.</source>
        <translation>它含有超过 {most} 个值。</translation>
    </message>
    <message>
        <source>Shorten it.</source>
        <translation>请缩短。</translation>
    </message>
    <message>
        <source>it holds too many brackets.</source>
        <translation>它含有过多的括号。</translation>
    </message>
    <message>
        <source>A preset is a short, plain file.</source>
        <translation>预设应是短小、普通的文件。</translation>
    </message>
    <message>
        <source>Is it a preset?</source>
        <translation>这是预设吗？</translation>
    </message>
    <message>
        <source>this is not UTF-8 text.</source>
        <translation>这不是 UTF-8 文本。</translation>
    </message>
    <message>
        <source>Save it as UTF-8.</source>
        <translation>请存为 UTF-8。</translation>
    </message>
    <message>
        <source>it cannot be read: {reason}.</source>
        <translation>无法读取：{reason}。</translation>
    </message>
    <message>
        <source>Check its permissions.</source>
        <translation>请检查其权限。</translation>
    </message>
    <message>
        <source>Check the path.</source>
        <translation>请检查路径。</translation>
    </message>
    <message>
        <source>it is of format {version}, made by a newer version of this program.</source>
        <translation>其格式为 {version}，由本程序的更新版本生成。</translation>
    </message>
    <message>
        <source>This one knows formats up to {known}.</source>
        <translation>当前版本只认识到格式 {known}。</translation>
    </message>
    <message>
        <source>there has never been a format {version}.</source>
        <translation>从来没有格式 {version}。</translation>
    </message>
    <message>
        <source>Formats go up to {known}.</source>
        <translation>格式最高到 {known}。</translation>
    </message>
    <message>
        <source>the settings are nested too deeply.</source>
        <translation>设置嵌套过深。</translation>
    </message>
    <message>
        <source>Flatten them.</source>
        <translation>请减少嵌套。</translation>
    </message>
    <message>
        <source>there is no preset &apos;{name}&apos;.</source>
        <translation>没有预设“{name}”。</translation>
    </message>
    <message>
        <source>there is no preset &apos;{name}&apos; of MT-HOPE.</source>
        <translation>没有名为“{name}”的 MT-HOPE 预设。</translation>
    </message>
    <message>
        <source>there is no {what} &apos;{name}&apos;.</source>
        <translation>没有名为“{name}”的 {what}。</translation>
    </message>
    <message>
        <source>this key is too long.</source>
        <translation>这个键太长。</translation>
    </message>
    <message>
        <source>Check its dots.</source>
        <translation>请检查其中的点号。</translation>
    </message>
    <message>
        <source>there is no item &apos;{name}&apos;.</source>
        <translation>没有第“{name}”项。</translation>
    </message>
    <message>
        <source>Use a number from 0 to {last}.</source>
        <translation>请使用 0 到 {last} 的数。</translation>
    </message>
    <message>
        <source>there are no settings under &apos;{name}&apos;.</source>
        <translation>“{name}”之下没有设置。</translation>
    </message>
    <message>
        <source>Check it.</source>
        <translation>请检查。</translation>
    </message>
    <message>
        <source>&apos;{text}&apos; is not a setting.</source>
        <translation>“{text}”不是设置。</translation>
    </message>
    <message>
        <source>Write it like train.steps=500.</source>
        <translation>请写成 train.steps=500 这样。</translation>
    </message>
    <message>
        <source>&apos;{text}&apos; is no setting with values.</source>
        <translation>“{text}”不是带值的设置。</translation>
    </message>
    <message>
        <source>Write it like train.learning_rate=0.004,0.008.</source>
        <translation>请写成 train.learning_rate=0.004,0.008 这样。</translation>
    </message>
    <message>
        <source>has no value.</source>
        <translation>没有值。</translation>
    </message>
    <message>
        <source>Give some, with commas between.</source>
        <translation>请给出若干值，以逗号分隔。</translation>
    </message>
    <message>
        <source>this makes {count} runs.</source>
        <translation>这会产生 {count} 次运行。</translation>
    </message>
    <message>
        <source>A sweep can have {most}.</source>
        <translation>一次参数扫描最多 {most} 次。</translation>
    </message>
    <message>
        <source>there is no such setting.</source>
        <translation>没有这项设置。</translation>
    </message>
    <message>
        <source>there is no kind &apos;{name}&apos;.</source>
        <translation>没有“{name}”这一种类。</translation>
    </message>
    <message>
        <source>this setting is missing.</source>
        <translation>缺少这项设置。</translation>
    </message>
    <message>
        <source>Add it.</source>
        <translation>请添加。</translation>
    </message>
    <message>
        <source>Name the kind.</source>
        <translation>请指明种类。</translation>
    </message>
    <message>
        <source>{value} cannot be used.</source>
        <translation>{value} 不可用。</translation>
    </message>
    <message>
        <source>It should be a whole number.</source>
        <translation>应为整数。</translation>
    </message>
    <message>
        <source>It should be a number.</source>
        <translation>应为数值。</translation>
    </message>
    <message>
        <source>It should be true or false.</source>
        <translation>应为 true 或 false。</translation>
    </message>
    <message>
        <source>It should be text.</source>
        <translation>应为文本。</translation>
    </message>
    <message>
        <source>It should be greater than or equal to {limit}.</source>
        <translation>应大于或等于 {limit}。</translation>
    </message>
    <message>
        <source>It should be less than or equal to {limit}.</source>
        <translation>应小于或等于 {limit}。</translation>
    </message>
    <message>
        <source>It should be greater than {limit}.</source>
        <translation>应大于 {limit}。</translation>
    </message>
    <message>
        <source>It should be less than {limit}.</source>
        <translation>应小于 {limit}。</translation>
    </message>
    <message>
        <source>Did you mean &apos;{name}&apos;?</source>
        <translation>是否想写“{name}”？</translation>
    </message>
    <message>
        <source>Known: {names}.</source>
        <translation>可选：{names}。</translation>
    </message>
    <message>
        <source>It should be a list.</source>
        <translation>应为列表。</translation>
    </message>
    <message>
        <source>It should be a group of settings.</source>
        <translation>应为一组设置。</translation>
    </message>
    <message>
        <source>It should be a finite number.</source>
        <translation>应为有限的数值。</translation>
    </message>
    <message>
        <source>It should be {names} or {name}.</source>
        <translation>应为 {names} 或 {name}。</translation>
    </message>
    <message>
        <source>It should be {value}.</source>
        <translation>应为 {value}。</translation>
    </message>
    <message>
        <source>It should have at least {least} character.</source>
        <translation>应至少有 {least} 个字符。</translation>
    </message>
    <message>
        <source>It should have at least {least} characters.</source>
        <translation>应至少有 {least} 个字符。</translation>
    </message>
    <message>
        <source>It should have at most {most} characters.</source>
        <translation>应至多有 {most} 个字符。</translation>
    </message>
    <message>
        <source>{heads} does not divide width {width}.</source>
        <translation>{heads} 不能整除宽度 {width}。</translation>
    </message>
    <message>
        <source>Try {value}.</source>
        <translation>可尝试 {value}。</translation>
    </message>
    <message>
        <source>each head is {channels} channels wide, but rotary positions need an even number.</source>
        <translation>每个头宽 {channels} 个通道，但旋转位置编码需要偶数。</translation>
    </message>
    <message>
        <source>Change model.width or model.heads.</source>
        <translation>请修改 model.width 或 model.heads。</translation>
    </message>
    <message>
        <source>early stopping needs evaluations, but train.evaluate_every is 0.</source>
        <translation>提前停止需要评估，但 train.evaluate_every 为 0。</translation>
    </message>
    <message>
        <source>Set train.evaluate_every, or train.patience=0.</source>
        <translation>请设置 train.evaluate_every，或设 train.patience=0。</translation>
    </message>
    <message>
        <source>{processes} processes cannot share a batch of {batch}.</source>
        <translation>{processes} 个进程无法分担大小为 {batch} 的批次。</translation>
    </message>
    <message>
        <source>Raise train.batch_size or lower parallel.processes.</source>
        <translation>请调高 train.batch_size 或调低 parallel.processes。</translation>
    </message>
    <message>
        <source>{clock} steps is longer than the run (train.steps={steps}), so this level will never learn.</source>
        <translation>{clock} 步长于整个运行（train.steps={steps}），因此该层级永远不会学习。</translation>
    </message>
    <message>
        <source>Lower the clock or raise train.steps.</source>
        <translation>请调低时钟或调高 train.steps。</translation>
    </message>
    <message>
        <source>an update every {chunk} tokens comes too late for a sequence (data.sequence_length={length}) to read anything after it, so this level will not learn inside one.</source>
        <translation>每 {chunk} 个词元更新一次，对序列（data.sequence_length={length}）而言太晚，之后已没有可读的内容，因此该层级不会在序列内学习。</translation>
    </message>
    <message>
        <source>Lower the chunk or raise data.sequence_length.</source>
        <translation>请调低分块或调高 data.sequence_length。</translation>
    </message>
    <message>
        <source>1 token has no next one in its chunk to learn from.</source>
        <translation>只有 1 个词元的块中没有下一个词元可供学习。</translation>
    </message>
    <message>
        <source>Use at least 2.</source>
        <translation>请至少用 2。</translation>
    </message>
    <message>
        <source>{chunk} is no multiple of {segment}, the shortest chunk that learns from the next token.</source>
        <translation>{chunk} 不是 {segment}（能从下一个词元学习的最短分块）的倍数。</translation>
    </message>
    <message>
        <source>Use {value}.</source>
        <translation>请使用 {value}。</translation>
    </message>
    <message>
        <source>nested levels start afresh inside a sequence, which a clock of optimizer steps cannot do.</source>
        <translation>嵌套层级在序列内部重新开始，而以优化器步数计的时钟做不到这一点。</translation>
    </message>
    <message>
        <source>Set it to 1 and use chunk instead.</source>
        <translation>请将其设为 1，改用 chunk。</translation>
    </message>
    <message>
        <source>nested levels need longer chunks from fast to slow, the first above 0.</source>
        <translation>嵌套层级的分块须由快到慢逐级变长，第一级须大于 0。</translation>
    </message>
    <message>
        <source>Use more than {least}, or another model.arrangement.</source>
        <translation>请使用大于 {least} 的值，或另选 model.arrangement。</translation>
    </message>
    <message>
        <source>&apos;{kind}&apos; cannot be asked without being written to, which variant &apos;mac&apos; needs.</source>
        <translation>“{kind}”只要读取就会被写入，而变体“mac”需要只读不写。</translation>
    </message>
    <message>
        <source>Use one of {kinds}.</source>
        <translation>请使用其中之一：{kinds}。</translation>
    </message>
    <message>
        <source>{width} is no multiple of 4 x {heads} heads, which it must be: a head holds omega and pi, each with a real and an imaginary part.</source>
        <translation>{width} 不是 4 x {heads} 个头的倍数，而这是必须的：每个头含有 ω 和 π，各有实部和虚部。</translation>
    </message>
    <message>
        <source>a language model predicts the next token, and a recurrence that also reads from the end would have seen it.</source>
        <translation>语言模型预测下一个词元，而同时从末尾读起的循环已经见过它。</translation>
    </message>
    <message>
        <source>Leave it off; for encoding whole texts use the module TwistorRecurrent on its own.</source>
        <translation>请保持关闭；如需编码整段文本，请单独使用模块 TwistorRecurrent。</translation>
    </message>
    <message>
        <source>the document&apos;s cell (recurrence.cell=titans) has gates of omega and of pi apart by itself.</source>
        <translation>文档中的单元（recurrence.cell=titans）本身就为 ω 和 π 分设门控。</translation>
    </message>
    <message>
        <source>Leave this at tied, or set recurrence.cell=parallel.</source>
        <translation>请保持 tied，或设置 recurrence.cell=parallel。</translation>
    </message>
    <message>
        <source>fp16 cannot be combined with fsdp2.</source>
        <translation>fp16 不能与 fsdp2 同时使用。</translation>
    </message>
    <message>
        <source>Set train.precision=bf16, or parallel.kind=ddp.</source>
        <translation>请设置 train.precision=bf16，或 parallel.kind=ddp。</translation>
    </message>
    <message>
        <source>a network&apos;s live gradient has no form that computes several tokens at once.</source>
        <translation>网络的实时梯度没有一次计算多个词元的形式。</translation>
    </message>
    <message>
        <source>Use &apos;snapshot&apos;, with chunk_memory and chunk_other 1 for the same numbers.</source>
        <translation>请使用“snapshot”，并把 chunk_memory 和 chunk_other 设为 1，结果相同。</translation>
    </message>
    <message>
        <source>is {vocabulary}; byte pairs need at least 258 tokens.</source>
        <translation>为 {vocabulary}；字节对至少需要 258 个词元。</translation>
    </message>
    <message>
        <source>Use 256 for bytes, or more.</source>
        <translation>字节请用 256，或用更大的值。</translation>
    </message>
    <message>
        <source>it is a folder, and a file is wanted.</source>
        <translation>这是一个文件夹，而需要的是文件。</translation>
    </message>
    <message>
        <source>Name a file in it, or read it whole with data.source.kind=folder.</source>
        <translation>请指定其中的一个文件，或用 data.source.kind=folder 读入整个文件夹。</translation>
    </message>
    <message>
        <source>it is a file, and a folder is wanted.</source>
        <translation>这是一个文件，而需要的是文件夹。</translation>
    </message>
    <message>
        <source>Read it with data.source.kind=text, or name the folder around it.</source>
        <translation>请用 data.source.kind=text 读入它，或指定它所在的文件夹。</translation>
    </message>
    <message>
        <source>a part of this path is a file, not a folder.</source>
        <translation>此路径中有一部分是文件，不是文件夹。</translation>
    </message>
    <message>
        <source>this is not a possible path ({reason}).</source>
        <translation>这不是可用的路径（{reason}）。</translation>
    </message>
    <message>
        <source>it is {kind}, and a plain file is wanted.</source>
        <translation>这是{kind}，而需要的是普通文件。</translation>
    </message>
    <message>
        <source>it cannot be read ({reason}).</source>
        <translation>无法读取（{reason}）。</translation>
    </message>
    <message>
        <source>Give yourself permission to read it, or copy it.</source>
        <translation>请为自己取得读取权限，或复制一份。</translation>
    </message>
    <message>
        <source>Check the disk, or copy it to another place.</source>
        <translation>请检查磁盘，或将其复制到别处。</translation>
    </message>
    <message>
        <source>it is a link to a file that is not there.</source>
        <translation>这是一个链接，指向的文件并不存在。</translation>
    </message>
    <message>
        <source>Mend the link.</source>
        <translation>请修正链接。</translation>
    </message>
    <message>
        <source>there is no such path; it exists only up to {parent}.</source>
        <translation>没有这个路径；它只存在到 {parent} 为止。</translation>
    </message>
    <message>
        <source>there is no such file ({reason}).</source>
        <translation>没有这个文件（{reason}）。</translation>
    </message>
    <message>
        <source>there is no such file.</source>
        <translation>没有这个文件。</translation>
    </message>
    <message>
        <source>there is no such file in {folder}.</source>
        <translation>{folder} 中没有这个文件。</translation>
    </message>
    <message>
        <source>it holds no text: none of its {count} files fits &apos;{pattern}&apos;.</source>
        <translation>其中没有文本：{count} 个文件都不符合“{pattern}”。</translation>
    </message>
    <message>
        <source>Set data.source.pattern to the names you mean, for example &apos;*.md&apos;.</source>
        <translation>请把 data.source.pattern 设为想要的文件名，例如“*.md”。</translation>
    </message>
    <message>
        <source>it is larger than {size} MB, the most that is kept in memory.</source>
        <translation>它超过 {size} MB，即内存中最多保留的大小。</translation>
    </message>
    <message>
        <source>Use a part of it, for example its first lines in a file of their own.</source>
        <translation>请只用其中一部分，例如把开头若干行另存为一个文件。</translation>
    </message>
    <message>
        <source>it is empty (0 bytes of text).</source>
        <translation>它是空的（0 字节文本）。</translation>
    </message>
    <message>
        <source>it holds only blank lines, from byte 0 to byte {size}.</source>
        <translation>它从字节 0 到字节 {size} 只有空行。</translation>
    </message>
    <message>
        <source>Choose another text.</source>
        <translation>请选择其他文本。</translation>
    </message>
    <message>
        <source>this Python comes without the sources of its standard library.</source>
        <translation>此 Python 不附带标准库的源代码。</translation>
    </message>
    <message>
        <source>Use the built-in &apos;tales&apos; or a text of your own.</source>
        <translation>请使用内置的“tales”或自己的文本。</translation>
    </message>
    <message>
        <source>it begins with the mark of {encoding}, and UTF-8 is wanted.</source>
        <translation>它以 {encoding} 的标记开头，而需要的是 UTF-8。</translation>
    </message>
    <message>
        <source>Save it again as UTF-8, for example: {command}.</source>
        <translation>请重新存为 UTF-8，例如：{command}。</translation>
    </message>
    <message>
        <source>Save it again as UTF-8.</source>
        <translation>请重新存为 UTF-8。</translation>
    </message>
    <message>
        <source>it is {kind}, not text.</source>
        <translation>这是{kind}，不是文本。</translation>
    </message>
    <message>
        <source>Extract the text.</source>
        <translation>请先提取出文本。</translation>
    </message>
    <message>
        <source>a zero byte; it is probably {encoding} without a mark, and UTF-8 is wanted.</source>
        <translation>零字节；很可能是不带标记的 {encoding}，而需要的是 UTF-8。</translation>
    </message>
    <message>
        <source>a zero byte, so this is binary data, not text.</source>
        <translation>零字节，因此这是二进制数据，不是文本。</translation>
    </message>
    <message>
        <source>the byte 0x{byte} is not UTF-8 (half of a surrogate pair).</source>
        <translation>字节 0x{byte} 不是 UTF-8（半个代理对）。</translation>
    </message>
    <message>
        <source>the byte 0x{byte} is not UTF-8; it looks like binary data, not text.</source>
        <translation>字节 0x{byte} 不是 UTF-8；看起来是二进制数据，不是文本。</translation>
    </message>
    <message>
        <source>the byte 0x{byte} is not UTF-8; the text is probably {encoding}.</source>
        <translation>字节 0x{byte} 不是 UTF-8；文本很可能是 {encoding}。</translation>
    </message>
    <message>
        <source>it is longer than {size} bytes.</source>
        <translation>它超过 {size} 字节。</translation>
    </message>
    <message>
        <source>Is it one JSON object a line?</source>
        <translation>是否每行一个 JSON 对象？</translation>
    </message>
    <message>
        <source>Split long texts.</source>
        <translation>请拆分过长的文本。</translation>
    </message>
    <message>
        <source>it is not a JSON object such as {example}.</source>
        <translation>它不是形如 {example} 的 JSON 对象。</translation>
    </message>
    <message>
        <source>there is no field &apos;{field}&apos; (data.source.field).</source>
        <translation>没有字段“{field}”（data.source.field）。</translation>
    </message>
    <message>
        <source>It has no fields.</source>
        <translation>它没有任何字段。</translation>
    </message>
    <message>
        <source>the field &apos;{field}&apos; holds no text but {value}.</source>
        <translation>字段“{field}”不是文本，而是 {value}。</translation>
    </message>
    <message>
        <source>the field &apos;{field}&apos; holds a zero character.</source>
        <translation>字段“{field}”含有零字符。</translation>
    </message>
    <message>
        <source>character {place} of the field &apos;{field}&apos; is half of a surrogate pair, which is no text.</source>
        <translation>字段“{field}”的第 {place} 个字符是半个代理对，不是文本。</translation>
    </message>
    <message>
        <source>it is not valid JSON ({reason}).</source>
        <translation>不是有效的 JSON（{reason}）。</translation>
    </message>
    <message>
        <source>its JSON is nested too deeply.</source>
        <translation>其 JSON 嵌套过深。</translation>
    </message>
    <message>
        <source>the text is too short.</source>
        <translation>文本太短。</translation>
    </message>
    <message>
        <source>Its {bytes} bytes leave {tokens} tokens for training, and one sequence needs {wanted}.</source>
        <translation>其 {bytes} 字节只留下 {tokens} 个词元用于训练，而一条序列需要 {wanted} 个。</translation>
    </message>
    <message>
        <source>Its {bytes} bytes leave {tokens} tokens for validation, and one sequence needs {wanted}.</source>
        <translation>其 {bytes} 字节只留下 {tokens} 个词元用于验证，而一条序列需要 {wanted} 个。</translation>
    </message>
    <message>
        <source>Use more text, lower data.sequence_length, or lower data.validation_fraction.</source>
        <translation>请使用更多文本、调低 data.sequence_length，或调低 data.validation_fraction。</translation>
    </message>
    <message>
        <source>Use more text, lower data.sequence_length, or raise data.validation_fraction.</source>
        <translation>请使用更多文本、调低 data.sequence_length，或调高 data.validation_fraction。</translation>
    </message>
    <message>
        <source>The training text gives only {found} tokens, and data.tokenizer.vocabulary asks for {wanted}.</source>
        <translation>训练文本只能得出 {found} 个词元，而 data.tokenizer.vocabulary 要求 {wanted} 个。</translation>
    </message>
    <message>
        <source>Lower it, or use more text.</source>
        <translation>请调低它，或使用更多文本。</translation>
    </message>
    <message>
        <source>its merges are missing or too many.</source>
        <translation>其合并规则缺失或过多。</translation>
    </message>
    <message>
        <source>merge {number} joins tokens that are not there.</source>
        <translation>第 {number} 条合并规则所合并的词元不存在。</translation>
    </message>
    <message>
        <source>merge {number} makes a token that is already there.</source>
        <translation>第 {number} 条合并规则得到的词元已经存在。</translation>
    </message>
    <message>
        <source>it is longer than {size} characters.</source>
        <translation>它超过 {size} 个字符。</translation>
    </message>
    <message>
        <source>it holds no tokenizer of a known kind (bytes, bpe).</source>
        <translation>其中没有已知种类的分词器（bytes、bpe）。</translation>
    </message>
    <message>
        <source>[Errno {number}] {reason}: {path}</source>
        <translation>{reason}：{path}（错误 {number}）</translation>
    </message>
    <message>
        <source>[Errno {number}] {reason}</source>
        <translation>{reason}（错误 {number}）</translation>
    </message>
    <message>
        <source>{path} is refused.</source>
        <translation>已拒绝 {path}。</translation>
    </message>
    <message>
        <source>There is no figure &apos;{name}&apos;.</source>
        <translation>没有图“{name}”。</translation>
    </message>
    <message>
        <source>There is no format &apos;{name}&apos;.</source>
        <translation>没有格式“{name}”。</translation>
    </message>
    <message>
        <source>there is no matrix that writes itself, on which it acts.</source>
        <translation>没有它所作用的自写矩阵。</translation>
    </message>
    <message>
        <source>Leave it off, or set self_modification.enabled=true.</source>
        <translation>保持关闭，或设置 self_modification.enabled=true。</translation>
    </message>
    <message>
        <source>mode &apos;{mode}&apos; has no chunks that begin afresh.</source>
        <translation>模式“{mode}”没有从全新状态开始的块。</translation>
    </message>
    <message>
        <source>Leave it off, or set recurrence.mode=chunk_truncated.</source>
        <translation>保持关闭，或设置 recurrence.mode=chunk_truncated。</translation>
    </message>
    <message>
        <source>{tokens} tokens are more than a chunk of {chunk}.</source>
        <translation>{tokens} 个词元多于一块的 {chunk} 个词元。</translation>
    </message>
    <message>
        <source>Lower it, or raise recurrence.chunk.</source>
        <translation>请调低它，或调高 recurrence.chunk。</translation>
    </message>
    <message>
        <source>no text (data.sequence_length={length}) has a second chunk of {chunk} tokens, so nothing is warmed up or handed on.</source>
        <translation>没有文本（data.sequence_length={length}）长到有第二个 {chunk} 词元的块，因此不会有任何预热或传递。</translation>
    </message>
    <message>
        <source>Nothing was imported.</source>
        <translation>没有导入任何内容。</translation>
    </message>
    <message>
        <source>Imported from a bundle.</source>
        <translation>由运行包导入。</translation>
    </message>
    <message>
        <source>The weights were imported; resume the run to train them.</source>
        <translation>权重已导入；恢复此次运行即可训练。</translation>
    </message>
    <message>
        <source>{text} is not the path of a file.</source>
        <translation>{text} 不是文件路径。</translation>
    </message>
    <message>
        <source>{address} is an address, and only files on this machine are opened.</source>
        <translation>{address} 是网址，而这里只打开本机上的文件。</translation>
    </message>
    <message>
        <source>Download it, look where it comes from, and open the copy.</source>
        <translation>请先下载、确认其来源，再打开下载的副本。</translation>
    </message>
    <message>
        <source>{path} is an empty ZIP archive.</source>
        <translation>{path} 是空的 ZIP 压缩包。</translation>
    </message>
    <message>
        <source>{path} is an array of NumPy, whose format can hide code.</source>
        <translation>{path} 是 NumPy 数组，其格式可能藏有代码。</translation>
    </message>
    <message>
        <source>{path} is an HDF5 file, which this program does not read.</source>
        <translation>{path} 是 HDF5 文件，本程序不读取这种文件。</translation>
    </message>
    <message>
        <source>{path} is a GGUF file, which this program does not read.</source>
        <translation>{path} 是 GGUF 文件，本程序不读取这种文件。</translation>
    </message>
    <message>
        <source>{path} is a gzip archive: extract it first.</source>
        <translation>{path} 是 gzip 压缩包：请先解压。</translation>
    </message>
    <message>
        <source>{path} is a bzip2 archive: extract it first.</source>
        <translation>{path} 是 bzip2 压缩包：请先解压。</translation>
    </message>
    <message>
        <source>{path} is an xz archive: extract it first.</source>
        <translation>{path} 是 xz 压缩包：请先解压。</translation>
    </message>
    <message>
        <source>{path} is a 7z archive: extract it first.</source>
        <translation>{path} 是 7z 压缩包：请先解压。</translation>
    </message>
    <message>
        <source>{path} is a RAR archive: extract it first.</source>
        <translation>{path} 是 RAR 压缩包：请先解压。</translation>
    </message>
    <message>
        <source>{path} is not a possible path.</source>
        <translation>{path} 不是可用的路径。</translation>
    </message>
    <message>
        <source>{path} is no plain file.</source>
        <translation>{path} 不是普通文件。</translation>
    </message>
    <message>
        <source>{path} is a distributed checkpoint of torch, whose .metadata can hide code.</source>
        <translation>{path} 是 torch 的分布式检查点，其 .metadata 可能藏有代码。</translation>
    </message>
    <message>
        <source>Ask for the weights as one .safetensors file.</source>
        <translation>请索取单个 .safetensors 文件形式的权重。</translation>
    </message>
    <message>
        <source>Its table of contents is far too long.</source>
        <translation>其目录过长。</translation>
    </message>
    <message>
        <source>{name} is missing in it.</source>
        <translation>其中缺少 {name}。</translation>
    </message>
    <message>
        <source>{name} in it is longer than {size} bytes.</source>
        <translation>其中的 {name} 超过 {size} 字节。</translation>
    </message>
    <message>
        <source>{name} in it is damaged: its sum is not the one written down.</source>
        <translation>其中的 {name} 已损坏：校验和与记录的不符。</translation>
    </message>
    <message>
        <source>{name} in it is damaged ({reason}).</source>
        <translation>其中的 {name} 已损坏（{reason}）。</translation>
    </message>
    <message>
        <source>{name} in it is not as long as it says.</source>
        <translation>其中的 {name} 与声明的长度不符。</translation>
    </message>
    <message>
        <source>{name} in it is not UTF-8.</source>
        <translation>其中的 {name} 不是 UTF-8。</translation>
    </message>
    <message>
        <source>It is no whole ZIP archive ({reason}).</source>
        <translation>它不是完整的 ZIP 压缩包（{reason}）。</translation>
    </message>
    <message>
        <source>It holds {count} members; {most} may be.</source>
        <translation>它含有 {count} 个成员，而最多允许 {most} 个。</translation>
    </message>
    <message>
        <source>{name} in it is refused: {reason}.</source>
        <translation>拒绝其中的 {name}：{reason}。</translation>
    </message>
    <message>
        <source>{name} stands in it twice.</source>
        <translation>{name} 在其中出现了两次。</translation>
    </message>
    <message>
        <source>It would be far too large when unpacked.</source>
        <translation>解压后会过大。</translation>
    </message>
    <message>
        <source>It is of format {version}, made by a newer version of this program, which knows formats up to {known}.</source>
        <translation>其格式为 {version}，由本程序的更新版本生成，而当前版本只认识到格式 {known}。</translation>
    </message>
    <message>
        <source>Update the program to open it.</source>
        <translation>请更新程序后再打开。</translation>
    </message>
    <message>
        <source>Its record does not fit its members: look at {name}.</source>
        <translation>其记录与成员不符：请查看 {name}。</translation>
    </message>
    <message>
        <source>It holds no weights.</source>
        <translation>其中没有权重。</translation>
    </message>
    <message>
        <source>Its parts do not fit each other.</source>
        <translation>其各部分互不相符。</translation>
    </message>
    <message>
        <source>Its weights are not those of its settings.</source>
        <translation>其权重与其设置不符。</translation>
    </message>
    <message>
        <source>{second} and {first} differ, and here they are one tensor.</source>
        <translation>{second} 与 {first} 不同，而在这里它们是同一个张量。</translation>
    </message>
    <message>
        <source>its parts are compressed, which torch never does.</source>
        <translation>其各部分经过压缩，而 torch 从不这样做。</translation>
    </message>
    <message>
        <source>it is damaged: the sum of {name} is not as written.</source>
        <translation>它已损坏：{name} 的校验和与记录的不符。</translation>
    </message>
    <message>
        <source>it holds a {kind} and no tensors by name.</source>
        <translation>其中是 {kind}，没有按名称存放的张量。</translation>
    </message>
    <message>
        <source>it holds no tensors by name.</source>
        <translation>其中没有按名称存放的张量。</translation>
    </message>
    <message>
        <source>it holds more than tensors: code, or objects that only code could make.</source>
        <translation>其中不只有张量：还有代码，或只有代码才能生成的对象。</translation>
    </message>
    <message>
        <source>it is damaged ({reason}).</source>
        <translation>它已损坏（{reason}）。</translation>
    </message>
    <message>
        <source>it does not say which settings its weights belong to.</source>
        <translation>它没有说明其权重属于哪些设置。</translation>
    </message>
    <message>
        <source>Name a preset or a run of the same shape ({option}).</source>
        <translation>请指定形状相同的预设或运行（{option}）。</translation>
    </message>
    <message>
        <source>its tokens cannot be used.</source>
        <translation>其词元不可用。</translation>
    </message>
    <message>
        <source>it does not hold the tokens it was trained on, and these settings learn theirs from text.</source>
        <translation>其中没有训练时所用的词元，而这些设置要从文本中学习词元。</translation>
    </message>
    <message>
        <source>Name a run that has them ({option} RUN).</source>
        <translation>请指定一个有这些词元的运行（{option} RUN）。</translation>
    </message>
    <message>
        <source>the process that read it was tampered with.</source>
        <translation>读取它的进程遭到篡改。</translation>
    </message>
    <message>
        <source>the process that read it gave something else than its weights.</source>
        <translation>读取它的进程给出的不是它的权重。</translation>
    </message>
    <message>
        <source>the process that read it died of it: it is damaged, or made to do harm.</source>
        <translation>读取它的进程因此崩溃：它已损坏，或是有意为害。</translation>
    </message>
    <message>
        <source>reading it took too long, so it was given up.</source>
        <translation>读取用时过长，已放弃。</translation>
    </message>
    <message>
        <source>it has {size} MB, and the weights of these settings have {wanted} MB, so it belongs to other settings.</source>
        <translation>它有 {size} MB，而这些设置的权重为 {wanted} MB，因此它属于其他设置。</translation>
    </message>
    <message>
        <source>its header does not fit the file: it is damaged or cut off.</source>
        <translation>其文件头与文件不符：文件已损坏或不完整。</translation>
    </message>
    <message>
        <source>its header is damaged ({reason}).</source>
        <translation>其文件头已损坏（{reason}）。</translation>
    </message>
    <message>
        <source>it holds more than {count} tensors.</source>
        <translation>其中的张量超过 {count} 个。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is of an unknown kind ({kind}).</source>
        <translation>“{name}”属于未知类型（{kind}）。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; does not begin where the one before ends.</source>
        <translation>“{name}”没有从前一个的结尾处开始。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is not as large as its shape says.</source>
        <translation>“{name}”的大小与其形状不符。</translation>
    </message>
    <message>
        <source>its values do not fill the file: it is damaged or cut off.</source>
        <translation>其数值没有填满文件：文件已损坏或不完整。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; holds a value that is not a number.</source>
        <translation>“{name}”含有非数值。</translation>
    </message>
    <message>
        <source>it was cut off while it was read.</source>
        <translation>读取过程中它被截断了。</translation>
    </message>
    <message>
        <source>Missing ({count}): {names}.</source>
        <translation>缺少（{count}）：{names}。</translation>
    </message>
    <message>
        <source>Missing ({count}): {names} and {more} more.</source>
        <translation>缺少（{count}）：{names}，另有 {more} 个。</translation>
    </message>
    <message>
        <source>Not expected ({count}): {names}.</source>
        <translation>多余（{count}）：{names}。</translation>
    </message>
    <message>
        <source>Not expected ({count}): {names} and {more} more.</source>
        <translation>多余（{count}）：{names}，另有 {more} 个。</translation>
    </message>
    <message>
        <source>Of another shape or kind, found -&gt; wanted ({count}): {names}.</source>
        <translation>形状或类型不同，现有 -&gt; 需要（{count}）：{names}。</translation>
    </message>
    <message>
        <source>Of another shape or kind, found -&gt; wanted ({count}): {names} and {more} more.</source>
        <translation>形状或类型不同，现有 -&gt; 需要（{count}）：{names}，另有 {more} 个。</translation>
    </message>
    <message>
        <source>There is a run {name} in {folder} already.</source>
        <translation>{folder} 中已有运行 {name}。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>请换一个名称。</translation>
    </message>
    <message>
        <source>There is a preset {name} already.</source>
        <translation>已有预设 {name}。</translation>
    </message>
    <message>
        <source>Choose another name, or remove it.</source>
        <translation>请换一个名称，或删除它。</translation>
    </message>
    <message>
        <source>{path} is of a kind that no bundle holds.</source>
        <translation>{path} 属于运行包不收的种类。</translation>
    </message>
    <message>
        <source>The run {name} has no whole checkpoint to give away.</source>
        <translation>运行 {name} 没有可导出的完整检查点。</translation>
    </message>
    <message>
        <source>Train it until it saves.</source>
        <translation>请训练到它保存为止。</translation>
    </message>
    <message>
        <source>{path} is a folder.</source>
        <translation>{path} 是文件夹。</translation>
    </message>
    <message>
        <source>Name a file in it.</source>
        <translation>请指定其中的一个文件。</translation>
    </message>
    <message>
        <source>{path} is no folder.</source>
        <translation>{path} 不是文件夹。</translation>
    </message>
    <message>
        <source>Make it first, or choose another place.</source>
        <translation>请先创建它，或选择其他位置。</translation>
    </message>
    <message>
        <source>TensorBoard&apos;s files need the package tensorboardX.</source>
        <translation>写 TensorBoard 文件需要 tensorboardX 包。</translation>
    </message>
    <message>
        <source>Install it with: pip install hope-studio[tensorboard]</source>
        <translation>请用以下命令安装：pip install hope-studio[tensorboard]</translation>
    </message>
    <message>
        <source>{name} is neither a page nor Markdown.</source>
        <translation>{name} 既不是网页也不是 Markdown。</translation>
    </message>
    <message>
        <source>End the name in .html or .md.</source>
        <translation>请让文件名以 .html 或 .md 结尾。</translation>
    </message>
    <message>
        <source>A report needs at least one run.</source>
        <translation>报告至少需要一次运行。</translation>
    </message>
    <message>
        <source>{path} is not a whole checkpoint: it has no {name}.</source>
        <translation>{path} 不是完整的检查点：其中没有 {name}。</translation>
    </message>
    <message>
        <source>{path} was written by a newer version of this program.</source>
        <translation>{path} 由本程序的更新版本写成。</translation>
    </message>
    <message>
        <source>Update the program.</source>
        <translation>请更新程序。</translation>
    </message>
    <message>
        <source>Update it.</source>
        <translation>请更新程序。</translation>
    </message>
    <message>
        <source>{path} cannot be read ({reason}).</source>
        <translation>无法读取 {path}（{reason}）。</translation>
    </message>
    <message>
        <source>{path} cannot be used ({reason}).</source>
        <translation>{path} 不可用（{reason}）。</translation>
    </message>
    <message>
        <source>{path} is damaged: {reason}.</source>
        <translation>{path} 已损坏：{reason}。</translation>
    </message>
    <message>
        <source>{path} is damaged ({reason}).</source>
        <translation>{path} 已损坏（{reason}）。</translation>
    </message>
    <message>
        <source>{path} is damaged.</source>
        <translation>{path} 已损坏。</translation>
    </message>
    <message>
        <source>Use another checkpoint of this run.</source>
        <translation>请使用此运行的其他检查点。</translation>
    </message>
    <message>
        <source>Use another checkpoint.</source>
        <translation>请使用其他检查点。</translation>
    </message>
    <message>
        <source>{checkpoint} does not fit this run&apos;s model: {reason}.</source>
        <translation>{checkpoint} 与此运行的模型不符：{reason}。</translation>
    </message>
    <message>
        <source>{checkpoint} does not lie in the run {run}.</source>
        <translation>{checkpoint} 不在运行 {run} 之中。</translation>
    </message>
    <message>
        <source>The run {run} has no whole checkpoint yet, so there is nothing to write text with.</source>
        <translation>运行 {run} 还没有完整的检查点，因此无法生成文本。</translation>
    </message>
    <message>
        <source>The run {run} has no whole checkpoint to look into.</source>
        <translation>运行 {run} 没有可供观测的完整检查点。</translation>
    </message>
    <message>
        <source>The run {run} has looks of later steps than its checkpoint.</source>
        <translation>运行 {run} 中已有比其检查点更晚的观测。</translation>
    </message>
    <message>
        <source>This model has no memory that learns while it reads: there is no look.</source>
        <translation>此模型没有在阅读时学习的记忆：没有可观测的内容。</translation>
    </message>
    <message>
        <source>Train it until it saves, or ask for a save while it trains.</source>
        <translation>请训练到它保存为止，或在训练中要求保存。</translation>
    </message>
    <message>
        <source>The run {run} has no checkpoint to branch from.</source>
        <translation>运行 {run} 没有可供分支的检查点。</translation>
    </message>
    <message>
        <source>The weights of {run} are those of a &apos;{other}&apos; model, and model.kind={kind} here.</source>
        <translation>{run} 的权重属于“{other}”模型，而这里是 model.kind={kind}。</translation>
    </message>
    <message>
        <source>Choose the same kind of model.</source>
        <translation>请选择同一种模型。</translation>
    </message>
    <message>
        <source>{path} was written with other settings than {config} holds now.</source>
        <translation>写 {path} 时的设置与 {config} 现在的内容不同。</translation>
    </message>
    <message>
        <source>Restore that file, or start a new run with the new settings.</source>
        <translation>请恢复该文件，或用新设置开始新的运行。</translation>
    </message>
    <message>
        <source>The run {run} is finished, there is nothing left to train.</source>
        <translation>运行 {run} 已完成，没有可继续训练的内容。</translation>
    </message>
    <message>
        <source>Start a new run, with more train.steps if it should go further.</source>
        <translation>请开始新的运行；如需走得更远，请调高 train.steps。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; holds a value that is not a number, so no checkpoint was written.</source>
        <translation>“{name}”含有非数值，因此没有写检查点。</translation>
    </message>
    <message>
        <source>The checkpoint of step {step} is pinned.</source>
        <translation>第 {step} 步的检查点已固定。</translation>
    </message>
    <message>
        <source>Unpin it first.</source>
        <translation>请先取消固定。</translation>
    </message>
    <message>
        <source>The run goes on from step {step}, its newest checkpoint.</source>
        <translation>此运行要从最新的检查点（第 {step} 步）继续。</translation>
    </message>
    <message>
        <source>Keep it.</source>
        <translation>请保留它。</translation>
    </message>
    <message>
        <source>The checkpoint of step {step} could not be put into the bin ({reason}).</source>
        <translation>无法将第 {step} 步的检查点移到回收站（{reason}）。</translation>
    </message>
    <message>
        <source>To delete it for good, remove the folder {path}.</source>
        <translation>如要永久删除，请删除文件夹 {path}。</translation>
    </message>
    <message>
        <source>{name} is not the name or the folder of a run.</source>
        <translation>{name} 不是运行的名称或文件夹。</translation>
    </message>
    <message>
        <source>{path} is not a run: it has no run.json.</source>
        <translation>{path} 不是运行：其中没有 run.json。</translation>
    </message>
    <message>
        <source>{path} cannot be opened ({reason}).</source>
        <translation>无法打开 {path}（{reason}）。</translation>
    </message>
    <message>
        <source>There are no runs in {folder} yet.</source>
        <translation>{folder} 中还没有运行。</translation>
    </message>
    <message>
        <source>There is no run &apos;{name}&apos;.</source>
        <translation>没有运行“{name}”。</translation>
    </message>
    <message>
        <source>{path} exists already and is not empty.</source>
        <translation>{path} 已存在且不为空。</translation>
    </message>
    <message>
        <source>Resume it, or choose another name.</source>
        <translation>请恢复它，或换一个名称。</translation>
    </message>
    <message>
        <source>The run {run} is damaged.</source>
        <translation>运行 {run} 已损坏。</translation>
    </message>
    <message>
        <source>Restore this file from a copy, or remove the run.</source>
        <translation>请用副本恢复此文件，或删除此运行。</translation>
    </message>
    <message>
        <source>The runs in {folder} cannot be listed ({reason}).</source>
        <translation>无法列出 {folder} 中的运行（{reason}）。</translation>
    </message>
    <message>
        <source>The run {run} is being trained.</source>
        <translation>运行 {run} 正在训练。</translation>
    </message>
    <message>
        <source>Stop it before you delete it.</source>
        <translation>请先停止再删除。</translation>
    </message>
    <message>
        <source>The run {run} could not be put into the bin ({reason}).</source>
        <translation>无法将运行 {run} 移到回收站（{reason}）。</translation>
    </message>
    <message>
        <source>Nothing was deleted; to delete it for good, remove the folder {path} yourself.</source>
        <translation>没有删除任何内容；如要永久删除，请自行删除文件夹 {path}。</translation>
    </message>
    <message>
        <source>state.json is missing.</source>
        <translation>缺少 state.json。</translation>
    </message>
    <message>
        <source>state.json was damaged ({reason}).</source>
        <translation>state.json 曾损坏（{reason}）。</translation>
    </message>
    <message>
        <source>Check your rights.</source>
        <translation>请检查您的权限。</translation>
    </message>
    <message>
        <source>{name} cannot be the name of a run: {reason}.</source>
        <translation>{name} 不能用作运行的名称：{reason}。</translation>
    </message>
    <message>
        <source>{name} cannot be the name of a memory: {reason}.</source>
        <translation>{name} 不能用作记忆的名称：{reason}。</translation>
    </message>
    <message>
        <source>Use letters, digits, spaces, &apos;-&apos; and &apos;_&apos;, for example my-first-run.</source>
        <translation>请使用字母、数字、空格、“-”和“_”，例如 my-first-run。</translation>
    </message>
    <message>
        <source>{path} is larger than {size} KB.</source>
        <translation>{path} 超过 {size} KB。</translation>
    </message>
    <message>
        <source>Mend or remove this file; the run itself is whole.</source>
        <translation>请修复或删除此文件；运行本身完好。</translation>
    </message>
    <message>
        <source>A run can have {most} tags, not {count}.</source>
        <translation>一次运行最多可有 {most} 个标签，不能有 {count} 个。</translation>
    </message>
    <message>
        <source>Notes can have {size} KB.</source>
        <translation>备注最多 {size} KB。</translation>
    </message>
    <message>
        <source>Shorten them.</source>
        <translation>请缩短。</translation>
    </message>
    <message>
        <source>The queue {path} is too large.</source>
        <translation>队列 {path} 过大。</translation>
    </message>
    <message>
        <source>The queue {path} is damaged ({reason}).</source>
        <translation>队列 {path} 已损坏（{reason}）。</translation>
    </message>
    <message>
        <source>Mend or remove it; no run is lost with it.</source>
        <translation>请修复或删除它；不会因此丢失任何运行。</translation>
    </message>
    <message>
        <source>The queue holds at most {most} runs.</source>
        <translation>队列最多容纳 {most} 次运行。</translation>
    </message>
    <message>
        <source>Remove some first.</source>
        <translation>请先移除一些。</translation>
    </message>
    <message>
        <source>this deeper look cannot be read ({reason}).</source>
        <translation>无法读取这次深入观测（{reason}）。</translation>
    </message>
    <message>
        <source>It is only for looking; the run itself is not harmed.</source>
        <translation>它仅供查看；运行本身不受影响。</translation>
    </message>
    <message>
        <source>this probe cannot be read ({reason}).</source>
        <translation>无法读取这次观测（{reason}）。</translation>
    </message>
    <message>
        <source>Probes are only for looking; the run itself is not harmed.</source>
        <translation>观测仅供查看；运行本身不受影响。</translation>
    </message>
    <message>
        <source>this probe holds no memory norms of layers and heads.</source>
        <translation>这次观测中没有各层各头的记忆范数。</translation>
    </message>
    <message>
        <source>the token texts of this probe are damaged ({reason}).</source>
        <translation>这次观测的词元文本已损坏（{reason}）。</translation>
    </message>
    <message>
        <source>The helper met a fault it does not know: {fault}</source>
        <translation>辅助进程遇到了未知的故障：{fault}</translation>
    </message>
    <message>
        <source>This is no request: {reason}.</source>
        <translation>这不是有效的请求：{reason}。</translation>
    </message>
    <message>
        <source>{name}: {value} is not between {low} and {high}.</source>
        <translation>{name}：{value} 不在 {low} 与 {high} 之间。</translation>
    </message>
    <message>
        <source>top_p: {value} is not above 0 and at most 1.</source>
        <translation>top_p：{value} 不在大于 0 且不超过 1 的范围内。</translation>
    </message>
    <message>
        <source>No text has left a memory behind yet, so this one began with a fresh memory.</source>
        <translation>还没有文本留下记忆，因此这段文本从全新的记忆开始。</translation>
    </message>
    <message>
        <source>No conversation has left a memory behind yet: this one begins afresh.</source>
        <translation>还没有对话留下记忆：这次对话从头开始。</translation>
    </message>
    <message>
        <source>This conversation has ended.</source>
        <translation>这次对话已结束。</translation>
    </message>
    <message>
        <source>Begin a new one.</source>
        <translation>请开始新的对话。</translation>
    </message>
    <message>
        <source>The text has {count} characters: tell at most {most} at once.</source>
        <translation>文本有 {count} 个字符：一次最多可说 {most} 个。</translation>
    </message>
    <message>
        <source>The text is empty.</source>
        <translation>文本为空。</translation>
    </message>
    <message>
        <source>Write what the model should read.</source>
        <translation>请写下要让模型读的内容。</translation>
    </message>
    <message>
        <source>There is no moment {moment}; there are 0 to {last}.</source>
        <translation>没有时刻 {moment}；可选 0 到 {last}。</translation>
    </message>
    <message>
        <source>The surprise is no number any more.</source>
        <translation>惊奇度已不是数值。</translation>
    </message>
    <message>
        <source>Lower the learning rate and roll back.</source>
        <translation>请调低学习率并回退。</translation>
    </message>
    <message>
        <source>Nothing in this model&apos;s state learns, so that it cannot study.</source>
        <translation>此模型的状态中没有会学习的部分，因此无法学习文本。</translation>
    </message>
    <message>
        <source>A text of {tokens} tokens cannot be studied: give it 2 to {most}.</source>
        <translation>无法学习长为 {tokens} 个词元的文本：请给 2 到 {most} 个。</translation>
    </message>
    <message>
        <source>This model has no memory that learns: what it carries from token to token is the text itself.</source>
        <translation>此模型没有会学习的记忆：它在词元之间传递的就是文本本身。</translation>
    </message>
    <message>
        <source>Choose a model with a memory, or let the weights learn as well (full_model).</source>
        <translation>请选择有记忆的模型，或让权重也参与学习（full_model）。</translation>
    </message>
    <message>
        <source>There is no mode {mode}: use memory_only or full_model.</source>
        <translation>没有模式 {mode}：请使用 memory_only 或 full_model。</translation>
    </message>
    <message>
        <source>There is no memory {name} in {folder}.</source>
        <translation>{folder} 中没有记忆 {name}。</translation>
    </message>
    <message>
        <source>Use another memory.</source>
        <translation>请使用其他记忆。</translation>
    </message>
    <message>
        <source>Use a memory of this run.</source>
        <translation>请使用此运行的记忆。</translation>
    </message>
    <message>
        <source>Use a memory of this model.</source>
        <translation>请使用此模型的记忆。</translation>
    </message>
    <message>
        <source>{path} does not fit this model.</source>
        <translation>{path} 与此模型不符。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; has no place in this model&apos;s memory.</source>
        <translation>“{name}”在此模型的记忆中没有位置。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is missing.</source>
        <translation>缺少“{name}”。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is {there} there, {here} in this model.</source>
        <translation>“{name}”在该处为 {there}，在此模型中为 {here}。</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; holds {there} there, {here} in this model.</source>
        <translation>“{name}”在该处的格式为 {there}，在此模型中为 {here}。</translation>
    </message>
    <message>
        <source>{path} holds values that are no numbers.</source>
        <translation>{path} 含有非数值。</translation>
    </message>
    <message>
        <source>The memory {name} belongs to another model (of the run {run}): its settings or its tokenizer differ.</source>
        <translation>记忆 {name} 属于另一个模型（运行 {run} 的）：设置或分词器不同。</translation>
    </message>
    <message>
        <source>The memory {name} belongs to the run {run}, whose weights are others although the model has the same shape.</source>
        <translation>记忆 {name} 属于运行 {run}；模型形状虽同，权重却不同。</translation>
    </message>
    <message>
        <source>The memory {name} was written with other weights (step {step}) than those in use (step {now}), which may read it otherwise.</source>
        <translation>写下记忆 {name} 的权重（第 {step} 步）与现在使用的（第 {now} 步）不同，后者读它的结果可能有别。</translation>
    </message>
    <message>
        <source>The second memory&apos;s share is {share}: use 0 to 1.</source>
        <translation>第二个记忆的份额为 {share}：请使用 0 到 1。</translation>
    </message>
    <message>
        <source>its sequences stand at different tokens: {places}.</source>
        <translation>其各序列停在不同的词元上：{places}。</translation>
    </message>
    <message>
        <source>Read them one after the other.</source>
        <translation>请逐条读入。</translation>
    </message>
    <message>
        <source>The values of the {kernels} kernels and of the token-by-token loop are the same (off by {figure}, at most {limit}).</source>
        <translation>{kernels} 内核与逐词元循环算出的值相同（相差 {figure}，上限 {limit}）。</translation>
    </message>
    <message>
        <source>The values of the {kernels} kernels and of the token-by-token loop differ (off by {figure}, at most {limit}).</source>
        <translation>{kernels} 内核与逐词元循环算出的值不同（相差 {figure}，上限 {limit}）。</translation>
    </message>
    <message>
        <source>The values of the fastest kernels and of the token-by-token loop are the same (off by {figure}, at most {limit}).</source>
        <translation>最快的内核与逐词元循环算出的值相同（相差 {figure}，上限 {limit}）。</translation>
    </message>
    <message>
        <source>The values of the fastest kernels and of the token-by-token loop differ (off by {figure}, at most {limit}).</source>
        <translation>最快的内核与逐词元循环算出的值不同（相差 {figure}，上限 {limit}）。</translation>
    </message>
    <message>
        <source>The gradients of the {kernels} kernels and of the token-by-token loop are the same (off by {figure}, at most {limit}).</source>
        <translation>{kernels} 内核与逐词元循环算出的梯度相同（相差 {figure}，上限 {limit}）。</translation>
    </message>
    <message>
        <source>The gradients of the {kernels} kernels and of the token-by-token loop differ (off by {figure}, at most {limit}).</source>
        <translation>{kernels} 内核与逐词元循环算出的梯度不同（相差 {figure}，上限 {limit}）。</translation>
    </message>
    <message>
        <source>What is predicted after a token does not depend on later ones (off by {figure}, at most {limit}).</source>
        <translation>词元之后的预测不依赖更后面的词元（相差 {figure}，上限 {limit}）。</translation>
    </message>
    <message>
        <source>What is predicted after a token depends on later ones (off by {figure}, at most {limit}).</source>
        <translation>词元之后的预测依赖了更后面的词元（相差 {figure}，上限 {limit}）。</translation>
    </message>
    <message>
        <source>The sequences of a batch do not touch each other (off by {figure}, at most {limit}).</source>
        <translation>同一批次中的序列互不影响（相差 {figure}，上限 {limit}）。</translation>
    </message>
    <message>
        <source>The sequences of a batch touch each other (off by {figure}, at most {limit}).</source>
        <translation>同一批次中的序列相互影响（相差 {figure}，上限 {limit}）。</translation>
    </message>
    <message>
        <source>A text in pieces with the state carried is read as the whole (off by {figure}, at most {limit}).</source>
        <translation>分段读入并传递状态，与整段读入的结果相同（相差 {figure}，上限 {limit}）。</translation>
    </message>
    <message>
        <source>A text in pieces with the state carried is read otherwise than the whole (off by {figure}, at most {limit}).</source>
        <translation>分段读入并传递状态，与整段读入的结果不同（相差 {figure}，上限 {limit}）。</translation>
    </message>
    <message>
        <source>The gradient reaches every parameter.</source>
        <translation>梯度到达每一个参数。</translation>
    </message>
    <message>
        <source>The gradient reaches every parameter that acts in so short a text; {count} parameters act only in longer ones.</source>
        <translation>梯度到达每一个在这样短的文本中起作用的参数；另有 {count} 个参数只在更长的文本中起作用。</translation>
    </message>
    <message>
        <source>No gradient reaches {count} parameters, which never learn: {names}.</source>
        <translation>有 {count} 个参数得不到梯度，永远不会学习：{names}。</translation>
    </message>
    <message>
        <source>The model&apos;s answers are no finite numbers, token by token either: its settings let a memory blow up.</source>
        <translation>模型的输出不是有限数值，逐词元计算也是如此：它的设置让某个记忆发散。</translation>
    </message>
    <message>
        <source>Lower the memory&apos;s largest step: theta_max, beta_max, eta_max or eta_scale under model.memory.</source>
        <translation>请调低记忆的最大步长：model.memory 下的 theta_max、beta_max、eta_max 或 eta_scale。</translation>
    </message>
    <message>
        <source>It should have at least {least} item, not {found}.</source>
        <translation>应至少有 {least} 项，而不是 {found} 项。</translation>
    </message>
    <message>
        <source>It should have at least {least} items, not {found}.</source>
        <translation>应至少有 {least} 项，而不是 {found} 项。</translation>
    </message>
    <message>
        <source>It should have at most {most} items, not {found}.</source>
        <translation>应至多有 {most} 项，而不是 {found} 项。</translation>
    </message>
    <message>
        <source>Process {number} of {count}</source>
        <translation>{count} 个进程中的第 {number} 个</translation>
    </message>
    <message>
        <source>this machine</source>
        <translation>此机器</translation>
    </message>
    <message>
        <source>an empty value</source>
        <translation>空值</translation>
    </message>
    <message>
        <source>this list</source>
        <translation>此列表</translation>
    </message>
    <message>
        <source>this group of settings</source>
        <translation>此组设置</translation>
    </message>
    <message>
        <source>the settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>{place}, byte {byte} (line {line})</source>
        <translation>{place}，字节 {byte}（第 {line} 行）</translation>
    </message>
    <message>
        <source>{place}, line {line} (byte {byte})</source>
        <translation>{place}，第 {line} 行（字节 {byte}）</translation>
    </message>
    <message>
        <source>{place}, byte {byte}</source>
        <translation>{place}，字节 {byte}</translation>
    </message>
    <message>
        <source>line {line}</source>
        <translation>第 {line} 行</translation>
    </message>
    <message>
        <source>byte {byte}</source>
        <translation>字节 {byte}</translation>
    </message>
    <message>
        <source>a named pipe</source>
        <translation>命名管道</translation>
    </message>
    <message>
        <source>a socket</source>
        <translation>套接字</translation>
    </message>
    <message>
        <source>a device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>a ZIP archive (or an office document)</source>
        <translation> ZIP 压缩包（或办公文档）</translation>
    </message>
    <message>
        <source>a gzip archive</source>
        <translation> gzip 压缩包</translation>
    </message>
    <message>
        <source>a bzip2 archive</source>
        <translation> bzip2 压缩包</translation>
    </message>
    <message>
        <source>an xz archive</source>
        <translation> xz 压缩包</translation>
    </message>
    <message>
        <source>a Zstandard archive</source>
        <translation> Zstandard 压缩包</translation>
    </message>
    <message>
        <source>a PDF document</source>
        <translation> PDF 文档</translation>
    </message>
    <message>
        <source>a PNG picture</source>
        <translation> PNG 图片</translation>
    </message>
    <message>
        <source>a JPEG picture</source>
        <translation> JPEG 图片</translation>
    </message>
    <message>
        <source>the tokenizer of the run</source>
        <translation>此次运行的分词器</translation>
    </message>
    <message>
        <source>stored tokenizer</source>
        <translation>已存的分词器</translation>
    </message>
    <message>
        <source>the Python standard library in {folder}</source>
        <translation>{folder} 中的 Python 标准库</translation>
    </message>
    <message>
        <source>tales (seed {seed})</source>
        <translation>故事集（种子 {seed}）</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Best bits per byte, held-out</source>
        <translation>留出文本每字节比特数（最佳）</translation>
    </message>
    <message>
        <source>at step</source>
        <translation>所在步</translation>
    </message>
    <message>
        <source>Last bits per byte, held-out</source>
        <translation>留出文本每字节比特数（最后）</translation>
    </message>
    <message>
        <source>Held-out above training then</source>
        <translation>此时留出高于训练</translation>
    </message>
    <message>
        <source>First training loss (nats)</source>
        <translation>首个训练损失（奈特）</translation>
    </message>
    <message>
        <source>Lowest training loss (nats)</source>
        <translation>最低训练损失（奈特）</translation>
    </message>
    <message>
        <source>Last training loss (nats)</source>
        <translation>最后训练损失（奈特）</translation>
    </message>
    <message>
        <source>Training loss fell by</source>
        <translation>训练损失下降</translation>
    </message>
    <message>
        <source>Mean training loss, in thirds</source>
        <translation>训练损失均值（前、中、后三段）</translation>
    </message>
    <message>
        <source>Learning rate, highest and last</source>
        <translation>学习率（最高，最后）</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元数</translation>
    </message>
    <message>
        <source>Training time</source>
        <translation>训练时间</translation>
    </message>
    <message>
        <source>Tokens a second</source>
        <translation>每秒词元数</translation>
    </message>
    <message>
        <source>Peak memory</source>
        <translation>内存峰值</translation>
    </message>
    <message>
        <source>Peak GPU memory</source>
        <translation>GPU 显存峰值</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>en</source>
        <translation>zh-CN</translation>
    </message>
    <message>
        <source>Bits per byte over steps</source>
        <translation>每字节比特数随步数的变化</translation>
    </message>
    <message>
        <source>Thin: training. Strong: held-out text.</source>
        <translation>细线：训练。粗线：留出文本。</translation>
    </message>
    <message>
        <source>Dashed, level: the text&apos;s exact entropy.</source>
        <translation>水平虚线：文本的精确熵。</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>What differs in the settings</source>
        <translation>设置中的不同之处</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置项</translation>
    </message>
    <message>
        <source>Nothing: the runs have the same settings.</source>
        <translation>没有：各次运行的设置相同。</translation>
    </message>
    <message>
        <source>Step {step}, after “{prompt}”</source>
        <translation>第 {step} 步，接在“{prompt}”之后</translation>
    </message>
    <message>
        <source>Train it again</source>
        <translation>重新训练</translation>
    </message>
    <message>
        <source>All settings, machine and versions</source>
        <translation>全部设置、机器与版本</translation>
    </message>
    <message>
        <source>{name} and {count} more</source>
        <translation>{name} 及另外 {count} 次运行</translation>
    </message>
    <message>
        <source>created</source>
        <translation>已创建</translation>
    </message>
    <message>
        <source>preparing</source>
        <translation>准备中</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>没有这个文件或文件夹</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>没有权限</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>这是一个文件夹</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>这不是文件夹</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>设备上没有剩余空间</translation>
    </message>
    <message>
        <source>Disk quota exceeded</source>
        <translation>超出磁盘配额</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>文件系统为只读</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>输入输出错误</translation>
    </message>
    <message>
        <source>File too large</source>
        <translation>文件过大</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>文件名过长</translation>
    </message>
    <message>
        <source>Too many levels of symbolic links</source>
        <translation>符号链接层级过多</translation>
    </message>
    <message>
        <source>Too many open files</source>
        <translation>打开的文件过多</translation>
    </message>
    <message>
        <source>Operation not permitted</source>
        <translation>不允许此操作</translation>
    </message>
    <message>
        <source>Stale file handle</source>
        <translation>文件句柄已失效</translation>
    </message>
    <message>
        <source>mapping values are not allowed here</source>
        <translation>此处不允许出现键值对</translation>
    </message>
    <message>
        <source>could not find expected &apos;:&apos;</source>
        <translation>缺少应有的“:”</translation>
    </message>
    <message>
        <source>expected {wanted}, but found {found}</source>
        <translation>应为 {wanted}，却遇到 {found}</translation>
    </message>
    <message>
        <source>expected {wanted}, but got {found}</source>
        <translation>应为 {wanted}，却遇到 {found}</translation>
    </message>
    <message>
        <source>found character {sign} that cannot start any token</source>
        <translation>遇到了不能作为开头的字符 {sign}</translation>
    </message>
    <message>
        <source>found unexpected end of stream</source>
        <translation>文本意外结束</translation>
    </message>
    <message>
        <source>found unknown escape character {sign}</source>
        <translation>遇到了未知的转义字符 {sign}</translation>
    </message>
    <message>
        <source>unacceptable character {sign}: special characters are not allowed</source>
        <translation>不可接受的字符 {sign}：不允许特殊字符</translation>
    </message>
    <message>
        <source>File is not a zip file</source>
        <translation>文件不是 ZIP 文件</translation>
    </message>
    <message>
        <source>Bad CRC-32 for file {name}</source>
        <translation>文件 {name} 的 CRC-32 不符</translation>
    </message>
    <message>
        <source>Bad magic number for file header</source>
        <translation>文件头的标识不符</translation>
    </message>
    <message>
        <source>Bad magic number for central directory</source>
        <translation>中央目录的标识不符</translation>
    </message>
    <message>
        <source>Truncated file header</source>
        <translation>文件头被截断</translation>
    </message>
    <message>
        <source>Input data was truncated</source>
        <translation>数据不完整</translation>
    </message>
    <message>
        <source>JSON is malformed: {reason} (byte {byte})</source>
        <translation>JSON 格式有误：{reason}（字节 {byte}）</translation>
    </message>
    <message>
        <source>Expected `{wanted}`, got `{found}`</source>
        <translation>应为 `{wanted}`，却是 `{found}`</translation>
    </message>
    <message>
        <source>Expected `{wanted}`, got `{found}` - at `{place}`</source>
        <translation>应为 `{wanted}`，却是 `{found}`，位于 `{place}`</translation>
    </message>
    <message>
        <source>Object missing required field `{name}`</source>
        <translation>对象缺少必需的字段 `{name}`</translation>
    </message>
    <message>
        <source>Object missing required field `{name}` - at `{place}`</source>
        <translation>对象缺少必需的字段 `{name}`，位于 `{place}`</translation>
    </message>
    <message>
        <source>&apos;{encoding}&apos; codec can&apos;t decode byte {byte} in position {place}: {reason}</source>
        <translation>位置 {place} 处的字节 {byte} 不是 {encoding}：{reason}</translation>
    </message>
    <message>
        <source>invalid start byte</source>
        <translation>起始字节无效</translation>
    </message>
    <message>
        <source>invalid continuation byte</source>
        <translation>后续字节无效</translation>
    </message>
    <message>
        <source>unexpected end of data</source>
        <translation>数据意外结束</translation>
    </message>
    <message>
        <source>Error while deserializing header: {reason}</source>
        <translation>读取文件头时出错：{reason}</translation>
    </message>
    <message>
        <source>{name}: architecture</source>
        <translation>{name}：结构</translation>
    </message>
    <message>
        <source>tokens  {batch} x {length}</source>
        <translation>词元  {batch} x {length}</translation>
    </message>
    <message>
        <source>{path}   {count} parameters</source>
        <translation>{path}   {count} 个参数</translation>
    </message>
    <message>
        <source>{count} parameters</source>
        <translation>{count} 个参数</translation>
    </message>
    <message>
        <source>logits; {count} parameters together</source>
        <translation>logits；共 {count} 个参数</translation>
    </message>
    <message>
        <source>{name}: data flow</source>
        <translation>{name}：数据流</translation>
    </message>
    <message>
        <source>{path} ({kind}), the first of {count} alike</source>
        <translation>{path}（{kind}），{count} 个相同部件中的第一个</translation>
    </message>
    <message>
        <source>Solid: given unchanged. Dashed: products, sums, gates or the memory lie between.</source>
        <translation>实线：原样传递。虚线：其间有乘积、求和、门控或记忆。</translation>
    </message>
    <message>
        <source>{name}: components</source>
        <translation>{name}：组成部分</translation>
    </message>
    <message>
        <source>Width: share of the parameters. A row below: what a part is made of.</source>
        <translation>宽度：参数所占份额。下一行：该部件由什么组成。</translation>
    </message>
    <message>
        <source>{name}: what a token rewrites</source>
        <translation>{name}：一个词元改写的内容</translation>
    </message>
    <message>
        <source>the token&apos;s step</source>
        <translation>词元的一步</translation>
    </message>
    <message>
        <source>the same for every token</source>
        <translation>每个词元都相同</translation>
    </message>
    <message>
        <source>Shapes begin with the batch ({batch}). One row: tensors of the same kind.</source>
        <translation>形状以批次（{batch}）开头。每行：同一种张量。</translation>
    </message>
    <message>
        <source>{name}: nesting levels</source>
        <translation>{name}：嵌套层级</translation>
    </message>
    <message>
        <source>updates in steps 1 to {last}</source>
        <translation>第 1 到 {last} 步中的更新</translation>
    </message>
    <message>
        <source>% of the run</source>
        <translation>运行的百分比</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>{path} is refused</source>
        <translation>已拒绝 {path}</translation>
    </message>
    <message>
        <source>no file of that name belongs into it</source>
        <translation>其中不应有这个名称的文件</translation>
    </message>
    <message>
        <source>it is no plain file</source>
        <translation>它不是普通文件</translation>
    </message>
    <message>
        <source>it is encrypted</source>
        <translation>它经过加密</translation>
    </message>
    <message>
        <source>it is packed in an unusual way</source>
        <translation>它的压缩方式不常见</translation>
    </message>
    <message>
        <source>it would unpack to more than {times} times its size</source>
        <translation>解压后会超过其大小的 {times} 倍</translation>
    </message>
    <message>
        <source>its checkpoint</source>
        <translation>其检查点</translation>
    </message>
    <message>
        <source>{path} is damaged</source>
        <translation>{path} 已损坏</translation>
    </message>
    <message>
        <source>it is about step {step}</source>
        <translation>它属于第 {step} 步</translation>
    </message>
    <message>
        <source>it is too large</source>
        <translation>它过大</translation>
    </message>
    <message>
        <source>it is missing</source>
        <translation>它不存在</translation>
    </message>
    <message>
        <source>{name} does not lie in the checkpoint</source>
        <translation>{name} 不在该检查点之中</translation>
    </message>
    <message>
        <source>it has {size} bytes instead of {wanted}</source>
        <translation>它有 {size} 字节，而应为 {wanted} 字节</translation>
    </message>
    <message>
        <source>its content changed since it was written</source>
        <translation>其内容在写成之后被改动</translation>
    </message>
    <message>
        <source>it is not as large as it was written</source>
        <translation>其大小与写成时不同</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; stands in only one of them</source>
        <translation>“{name}”只在其中一方出现</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; is {there} there, {here} here</source>
        <translation>“{name}”在该处为 {there}，在这里为 {here}</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>名称为空</translation>
    </message>
    <message>
        <source>it holds characters that cannot be shown</source>
        <translation>含有无法显示的字符</translation>
    </message>
    <message>
        <source>it is longer than {most} characters</source>
        <translation>超过 {most} 个字符</translation>
    </message>
    <message>
        <source>{sign} is not allowed in it</source>
        <translation>不允许含有 {sign}</translation>
    </message>
    <message>
        <source>it begins or ends with a character that has a meaning of its own</source>
        <translation>开头或结尾的字符有特殊含义</translation>
    </message>
    <message>
        <source>it is the name of a device on Windows</source>
        <translation>它在 Windows 上是设备名</translation>
    </message>
    <message>
        <source>{kernels} kernels, values, {number}</source>
        <translation>{kernels} 内核，值，{number}</translation>
    </message>
    <message>
        <source>{kernels} kernels, gradients, {number}</source>
        <translation>{kernels} 内核，梯度，{number}</translation>
    </message>
    <message>
        <source>fastest kernels, values, {number}</source>
        <translation>最快的内核，值，{number}</translation>
    </message>
    <message>
        <source>finite answers</source>
        <translation>有限的输出</translation>
    </message>
    <message>
        <source>causality</source>
        <translation>因果性</translation>
    </message>
    <message>
        <source>batch isolation</source>
        <translation>批次内互相隔离</translation>
    </message>
    <message>
        <source>pieces</source>
        <translation>分段读入</translation>
    </message>
    <message>
        <source>gradient reach</source>
        <translation>梯度的到达</translation>
    </message>
</context>
<context>
    <name>CostStrip</name>
    <message>
        <source>1 problem</source>
        <translation>1 个问题</translation>
    </message>
    <message>
        <source>{count} problems</source>
        <translation>{count} 个问题</translation>
    </message>
    <message>
        <source>1 warning</source>
        <translation>1 个警告</translation>
    </message>
    <message>
        <source>{count} warnings</source>
        <translation>{count} 个警告</translation>
    </message>
    <message>
        <source>Computing ...</source>
        <translation>正在计算…</translation>
    </message>
    <message>
        <source>{count} parameters</source>
        <translation>{count} 参数</translation>
    </message>
    <message>
        <source>{size} of memory</source>
        <translation>{size} 内存</translation>
    </message>
    <message>
        <source>about {time}</source>
        <translation>约 {time}</translation>
    </message>
    <message>
        <source>{size} a checkpoint</source>
        <translation>每个检查点 {size}</translation>
    </message>
    <message>
        <source>weights {weights}, gradients {gradients}, optimizer {optimizer}, activations {activations}</source>
        <translation>权重 {weights}，梯度 {gradients}，优化器 {optimizer}，激活 {activations}</translation>
    </message>
</context>
<context>
    <name>CountdownRing</name>
    <message>
        <source>Steps until the next update: {count}</source>
        <translation>距下次更新还有 {count} 步</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>Reports of crashes</source>
        <translation>崩溃报告</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Text of the report</source>
        <translation>报告内容</translation>
    </message>
    <message>
        <source>Reports stay on this machine until you copy or remove them. They tell where the program crashed and hold no text of yours: no prompt, no content of a file.</source>
        <translation>报告只保存在本机，直到您复制或删除它们。报告只说明程序在何处崩溃，不含您的任何文字：没有提示词，也没有文件内容。</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Close the window; a run that trains is asked about, and can go on without it.</source>
        <translation>关闭窗口；若有运行正在训练会先询问，它可以不依赖窗口继续。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Save as ZIP ...</source>
        <translation>另存为 ZIP…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Archive (*.zip)</source>
        <translation>压缩包 (*.zip)</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>{when}: the trainer of {run} crashed</source>
        <translation>{when}：{run} 的训练进程崩溃</translation>
    </message>
    <message>
        <source>{when}: a mistake of the studio</source>
        <translation>{when}：程序自身出错</translation>
    </message>
    <message>
        <source>{when}: the studio crashed</source>
        <translation>{when}：程序崩溃</translation>
    </message>
    <message>
        <source>There are no reports.</source>
        <translation>没有报告。</translation>
    </message>
    <message>
        <source>Another run is going on.</source>
        <translation>另一个运行正在进行。</translation>
    </message>
</context>
<context>
    <name>CrashHooks</name>
    <message>
        <source>The studio made a mistake: {error}</source>
        <translation>程序出错：{error}</translation>
    </message>
    <message>
        <source>Your runs are safe: they train outside of this window.</source>
        <translation>您的运行是安全的：它们在本窗口之外训练。</translation>
    </message>
</context>
<context>
    <name>CrashOffer</name>
    <message>
        <source>The trainer of {run} crashed.</source>
        <translation>{run} 的训练进程崩溃了。</translation>
    </message>
    <message>
        <source>The run is safe up to its last checkpoint: resume it from there.</source>
        <translation>该运行直到最后一个检查点都完好无损，可以从那里继续。</translation>
    </message>
    <message>
        <source>The studio made a mistake last time and did not close as it should.</source>
        <translation>程序上次出错，未能正常关闭。</translation>
    </message>
    <message>
        <source>Your runs are safe: each goes on from its last checkpoint.</source>
        <translation>您的运行都安全：每个都能从最后一个检查点继续。</translation>
    </message>
    <message>
        <source>The studio crashed last time.</source>
        <translation>程序上次崩溃了。</translation>
    </message>
</context>
<context>
    <name>CrashedRun</name>
    <message>
        <source>The run {run} is not there any more.</source>
        <translation>运行 {run} 已不存在。</translation>
    </message>
    <message>
        <source>The run {run} is being trained again.</source>
        <translation>运行 {run} 正在重新训练。</translation>
    </message>
    <message>
        <source>The run {run} went on since and is finished.</source>
        <translation>运行 {run} 之后已继续并完成。</translation>
    </message>
    <message>
        <source>The run {run} had not saved a checkpoint yet.</source>
        <translation>运行 {run} 当时还没有保存检查点。</translation>
    </message>
    <message>
        <source>The run {run} is safe up to step {step}, its last checkpoint.</source>
        <translation>运行 {run} 到第 {step} 步（最后一个检查点）为止是安全的。</translation>
    </message>
</context>
<context>
    <name>DataPage</name>
    <message>
        <source>Python&apos;s own library: program text on this machine</source>
        <translation>Python 标准库：本机上的程序文本</translation>
    </message>
    <message>
        <source>Tales: endless little stories of known entropy</source>
        <translation>小故事：无穷无尽、熵值已知的短篇故事</translation>
    </message>
    <message>
        <source>Text to learn from</source>
        <translation>要学习的文本</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>A text file, a folder or JSON lines of your own</source>
        <translation>自己的文本文件、文件夹或 JSON Lines</translation>
    </message>
    <message>
        <source>Held out for validation</source>
        <translation>留作验证</translation>
    </message>
    <message>
        <source>Share of the text held out for validation</source>
        <translation>留作验证的文本比例</translation>
    </message>
    <message>
        <source>A batch as the model sees it</source>
        <translation>模型所见的一个批次</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新查看</translation>
    </message>
    <message>
        <source>Choose a folder ...</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Choose a folder of text</source>
        <translation>选择文本文件夹</translation>
    </message>
</context>
<context>
    <name>DeviceChoice</name>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Where the next run trains</source>
        <translation>下一次运行在哪里训练</translation>
    </message>
    <message>
        <source>Any device</source>
        <translation>任意设备</translation>
    </message>
    <message>
        <source>{count} GPUs together</source>
        <translation>{count} 个 GPU 一起</translation>
    </message>
</context>
<context>
    <name>DifferencesList</name>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>DockArea</name>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Checkpoints</source>
        <translation>检查点</translation>
    </message>
</context>
<context>
    <name>Draft</name>
    <message>
        <source>Load settings</source>
        <translation>载入设置</translation>
    </message>
    <message>
        <source>Change {setting}</source>
        <translation>修改 {setting}</translation>
    </message>
</context>
<context>
    <name>DropZone</name>
    <message>
        <source>Choose a text file to train on</source>
        <translation>选择用于训练的文本文件</translation>
    </message>
    <message>
        <source>Text (.txt, .md, ...), JSON lines (.jsonl) or a folder of text.</source>
        <translation>文本（.txt、.md 等）、JSON Lines（.jsonl）或文本文件夹。</translation>
    </message>
    <message>
        <source>Drop a text file, or use the built-in sample</source>
        <translation>将文本文件拖到这里，或使用内置样本</translation>
    </message>
    <message>
        <source>Choose a text file</source>
        <translation>选择文本文件</translation>
    </message>
    <message>
        <source>Text (*.txt *.md *.rst *.py *.jsonl);;All files (*)</source>
        <translation>文本 (*.txt *.md *.rst *.py *.jsonl);;所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>EventsDock</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>发生了什么</translation>
    </message>
    <message>
        <source>Events of the run</source>
        <translation>本次运行的事件</translation>
    </message>
    <message>
        <source>Click: the line across the plots goes to this step</source>
        <translation>单击：各图中的竖线移到这一步</translation>
    </message>
</context>
<context>
    <name>Exchange</name>
    <message>
        <source>Runs, weights and presets ({endings});;All files (*)</source>
        <translation>运行、权重和预设 ({endings});;所有文件 (*)</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Another file is being read. Wait for it, or cancel it.</source>
        <translation>正在读取另一个文件。请等待完成，或将其取消。</translation>
    </message>
    <message>
        <source>The settings of {name} are being edited now.</source>
        <translation>现在编辑的是 {name} 的设置。</translation>
    </message>
    <message>
        <source>Importing {name} ...</source>
        <translation>正在导入 {name}…</translation>
    </message>
    <message>
        <source>Import weights</source>
        <translation>导入权重</translation>
    </message>
    <message>
        <source>Which settings do the weights of {name} belong to?</source>
        <translation>{name} 的权重属于哪套设置？</translation>
    </message>
    <message>
        <source>Writing {name} ...</source>
        <translation>正在写入 {name}…</translation>
    </message>
    <message>
        <source>Wrote {name}.</source>
        <translation>已写入 {name}。</translation>
    </message>
    <message>
        <source>Run with its checkpoint ({ending})</source>
        <translation>运行及其检查点 ({ending})</translation>
    </message>
    <message>
        <source>Weights ({ending})</source>
        <translation>权重 ({ending})</translation>
    </message>
    <message>
        <source>Settings ({ending})</source>
        <translation>设置 ({ending})</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>It was given up; nothing was left behind.</source>
        <translation>操作已放弃，没有留下任何东西。</translation>
    </message>
    <message>
        <source>Imported the preset {name}.</source>
        <translation>已导入预设 {name}。</translation>
    </message>
    <message>
        <source>Imported as the run {name}.</source>
        <translation>已导入为运行 {name}。</translation>
    </message>
</context>
<context>
    <name>FamilySwitch</name>
    <message>
        <source>A memory that writes as it reads, and levels that learn at clocks.</source>
        <translation>边读边写的记忆，加上按各自时钟学习的层级。</translation>
    </message>
    <message>
        <source>Twistors: pairs of complex numbers, turned by Möbius maps.</source>
        <translation>扭量：由莫比乌斯变换转动的复数对。</translation>
    </message>
    <message>
        <source>A memory beside attention over the latest tokens.</source>
        <translation>记忆与对最近词元的注意力并行。</translation>
    </message>
    <message>
        <source>The plain baseline: attention over all tokens, no memory.</source>
        <translation>普通基线：对所有词元的注意力，没有记忆。</translation>
    </message>
    <message>
        <source>Show the presets of {name}</source>
        <translation>显示 {name} 的预设</translation>
    </message>
</context>
<context>
    <name>Figure</name>
    <message>
        <source>Save or copy {title}</source>
        <translation>保存或复制“{title}”</translation>
    </message>
    <message>
        <source>Save or copy this picture, or its numbers</source>
        <translation>保存或复制这幅图，或导出其数据</translation>
    </message>
    <message>
        <source>How {title} is computed</source>
        <translation>{title}的计算方法</translation>
    </message>
</context>
<context>
    <name>FiguresView</name>
    <message>
        <source>Architecture and shapes</source>
        <translation>架构与形状</translation>
    </message>
    <message>
        <source>Data flow</source>
        <translation>数据流</translation>
    </message>
    <message>
        <source>Components</source>
        <translation>组件</translation>
    </message>
    <message>
        <source>Memory update</source>
        <translation>记忆更新</translation>
    </message>
    <message>
        <source>Nesting levels</source>
        <translation>嵌套层级</translation>
    </message>
    <message>
        <source>Which figure is drawn</source>
        <translation>绘制哪张图</translation>
    </message>
    <message>
        <source>Save figure…</source>
        <translation>保存图…</translation>
    </message>
    <message>
        <source>Drawing ...</source>
        <translation>正在绘制…</translation>
    </message>
    <message>
        <source>Save figure</source>
        <translation>保存图</translation>
    </message>
    <message>
        <source>Written: {file}</source>
        <translation>已写入：{file}</translation>
    </message>
</context>
<context>
    <name>Frame</name>
    <message>
        <source>The window closes as soon as the trainer has stopped.</source>
        <translation>训练停止后窗口将立即关闭。</translation>
    </message>
    <message>
        <source>The trainer has not stopped within ten seconds.</source>
        <translation>训练进程在十秒内没有停止。</translation>
    </message>
    <message>
        <source>You can end it at once; what was not saved is lost.</source>
        <translation>您可以立即结束它；未保存的内容将丢失。</translation>
    </message>
    <message>
        <source>{name} is done after {step} steps.</source>
        <translation>{name} 在 {step} 步后完成。</translation>
    </message>
    <message>
        <source>Best: {bits} bits per byte on held-out text.</source>
        <translation>最佳：留出文本上每字节 {bits} 比特。</translation>
    </message>
    <message>
        <source>Write something</source>
        <translation>写点什么</translation>
    </message>
    <message>
        <source>{name} was interrupted after step {step}.</source>
        <translation>{name} 在第 {step} 步后中断。</translation>
    </message>
</context>
<context>
    <name>GateHistograms</name>
    <message>
        <source>100 on the axis is {top}</source>
        <translation>横轴上的 100 表示 {top}</translation>
    </message>
</context>
<context>
    <name>GateRows</name>
    <message>
        <source>Write rate θ</source>
        <translation>写入率 θ</translation>
    </message>
    <message>
        <source>Momentum η</source>
        <translation>动量 η</translation>
    </message>
    <message>
        <source>Forgetting α</source>
        <translation>遗忘 α</translation>
    </message>
    <message>
        <source>Turn φ (radians)</source>
        <translation>转角 φ（弧度）</translation>
    </message>
</context>
<context>
    <name>GateStrips</name>
    <message>
        <source>{low} to {high}, mean {mean}</source>
        <translation>{low} 至 {high}，均值 {mean}</translation>
    </message>
    <message>
        <source>heads stuck at 0 or 1: {count}</source>
        <translation>停在 0 或 1 的头：{count} 个</translation>
    </message>
    <message>
        <source>half forgotten after {tokens} tokens</source>
        <translation>经过 {tokens} 个词元后遗忘一半</translation>
    </message>
    <message>
        <source>nothing is forgotten</source>
        <translation>没有遗忘</translation>
    </message>
</context>
<context>
    <name>GeneratePage</name>
    <message>
        <source>Let the model continue a text</source>
        <translation>让模型续写一段文字</translation>
    </message>
    <message>
        <source>Teach</source>
        <translation>教学</translation>
    </message>
    <message>
        <source>Talk with the model while its memory learns</source>
        <translation>与模型对话，它的记忆边聊边学</translation>
    </message>
    <message>
        <source>Write with the model</source>
        <translation>用模型写作</translation>
    </message>
    <message>
        <source>Teach the model</source>
        <translation>教模型</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>写作</translation>
    </message>
    <message>
        <source>It wrote this by itself at step {step}.</source>
        <translation>这是它在第 {step} 步自己写的。</translation>
    </message>
    <message>
        <source>To the first page</source>
        <translation>回到首页</translation>
    </message>
</context>
<context>
    <name>GhostChoice</name>
    <message>
        <source>Run behind the curves</source>
        <translation>曲线背后的运行</translation>
    </message>
    <message>
        <source>Another run, faded and dashed behind the curves of this one</source>
        <translation>另一次运行，以淡色虚线画在本次曲线之后</translation>
    </message>
    <message>
        <source>No ghost</source>
        <translation>不显示</translation>
    </message>
    <message>
        <source>Previous run</source>
        <translation>上一次运行</translation>
    </message>
    <message>
        <source>Best run</source>
        <translation>最佳运行</translation>
    </message>
</context>
<context>
    <name>GradientNormPanel</name>
    <message>
        <source>Gradient norm</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>gradient</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>clipped above</source>
        <translation>超出部分被裁剪</translation>
    </message>
    <message>
        <source>The gradient is measured at every step.</source>
        <translation>每一步都会测量梯度。</translation>
    </message>
</context>
<context>
    <name>Hardware</name>
    <message>
        <source>{cpu}, {memory} of memory, cores: {cores}. It trains on {gpus}.</source>
        <translation>{cpu}，{memory} 内存，{cores} 个核心。将在 {gpus} 上训练。</translation>
    </message>
    <message>
        <source>{cpu}, {memory} of memory, cores: {cores}. No NVIDIA GPU, so it trains on the CPU.</source>
        <translation>{cpu}，{memory} 内存，{cores} 个核心。没有 NVIDIA GPU，将在 CPU 上训练。</translation>
    </message>
</context>
<context>
    <name>Hints</name>
    <message>
        <source>{number} of {count}</source>
        <translation>{number} / {count}</translation>
    </message>
    <message>
        <source>Got it</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>No more hints</source>
        <translation>不再提示</translation>
    </message>
    <message>
        <source>Begin here: one press trains a first model. It takes about a minute and downloads nothing.</source>
        <translation>从这里开始：按一下就能训练第一个模型。大约一分钟，无需下载任何东西。</translation>
    </message>
    <message>
        <source>Pause, single steps and stop are always up here, on every page. Nothing that was saved is ever lost.</source>
        <translation>暂停、单步和停止在每个页面都在这里。已保存的内容绝不会丢失。</translation>
    </message>
    <message>
        <source>Choose Teach to tell the model something and watch its memory learn it while you talk.</source>
        <translation>选择“教学”，告诉模型一些事情，看它的记忆在对话中学会。</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>What shall it learn?</source>
        <translation>让它学什么？</translation>
    </message>
    <message>
        <source>Looking at this machine ...</source>
        <translation>正在了解这台电脑…</translation>
    </message>
    <message>
        <source>A run is going on. Stop it first.</source>
        <translation>有一次运行正在进行，请先停止它。</translation>
    </message>
    <message>
        <source>The run {name} did not end cleanly. What it had saved is safe.</source>
        <translation>运行 {name} 没有正常结束。已保存的内容是安全的。</translation>
    </message>
    <message>
        <source>Resume it</source>
        <translation>恢复运行</translation>
    </message>
    <message>
        <source>Training on {path}. Drop another file to change it.</source>
        <translation>将用 {path} 训练。拖入其他文件即可更换。</translation>
    </message>
</context>
<context>
    <name>LateLook</name>
    <message>
        <source>Loading the newest checkpoint and looking into its memory ...</source>
        <translation>正在加载最新的检查点并观察其记忆……</translation>
    </message>
    <message>
        <source>Nobody looked into this run&apos;s memory while it trained. One look can still be taken, from its newest checkpoint.</source>
        <translation>训练期间没有观察过本次运行的记忆。现在仍可以从最新的检查点观察一次。</translation>
    </message>
    <message>
        <source>Look now</source>
        <translation>立即观察</translation>
    </message>
</context>
<context>
    <name>Launch</name>
    <message>
        <source>The last launches did not end well: this one starts afresh.</source>
        <translation>前几次启动没有正常结束：这次以初始状态启动。</translation>
    </message>
    <message>
        <source>The arrangement of the window was left out; runs are safe. Close the window and start it again to leave this safe mode.</source>
        <translation>没有恢复窗口布局；运行都是安全的。关闭窗口后重新启动即可退出这个安全模式。</translation>
    </message>
</context>
<context>
    <name>LearningRatePanel</name>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>level {n}</source>
        <translation>层级 {n}</translation>
    </message>
    <message>
        <source>The learning rates come with the first step.</source>
        <translation>学习率从第一步开始显示。</translation>
    </message>
</context>
<context>
    <name>LevelLanes</name>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Same steps as on Train</source>
        <translation>与“训练”页相同的步</translation>
    </message>
    <message>
        <source>Show the steps that the plots of the page Train show; else the newest ones</source>
        <translation>显示“训练”页图表所示的步；否则显示最新的步</translation>
    </message>
    <message>
        <source>Steps {first} to {last}</source>
        <translation>第 {first} 至 {last} 步</translation>
    </message>
    <message>
        <source>from {first} to {last}</source>
        <translation>从 {first} 到 {last}</translation>
    </message>
    <message>
        <source>No update: its clock of {period} steps is longer than the run.</source>
        <translation>没有更新：它的时钟为 {period} 步，比整个运行还长。</translation>
    </message>
    <message>
        <source>every {period} steps, rate {rate}</source>
        <translation>每 {period} 步，学习率 {rate}</translation>
    </message>
    <message>
        <source>every step, rate {rate}</source>
        <translation>每一步，学习率 {rate}</translation>
    </message>
    <message>
        <source>updates: {count}</source>
        <translation>更新 {count} 次</translation>
    </message>
    <message>
        <source>next at {step}</source>
        <translation>下次在第 {step} 步</translation>
    </message>
</context>
<context>
    <name>LiveControls</name>
    <message>
        <source>Live controls</source>
        <translation>实时控制</translation>
    </message>
    <message>
        <source>Learning rate ×</source>
        <translation>学习率×</translation>
    </message>
    <message>
        <source>By what the scheduled learning rate is multiplied from the next step on</source>
        <translation>从下一步起，计划的学习率乘以此数</translation>
    </message>
    <message>
        <source>Halve the learning rate</source>
        <translation>学习率减半</translation>
    </message>
    <message>
        <source>Double the learning rate</source>
        <translation>学习率加倍</translation>
    </message>
    <message>
        <source>Sample now</source>
        <translation>立即采样</translation>
    </message>
    <message>
        <source>Write a sample after the step in progress</source>
        <translation>当前步完成后写一段样本</translation>
    </message>
    <message>
        <source>Save now</source>
        <translation>立即保存</translation>
    </message>
    <message>
        <source>Save a checkpoint after the step in progress</source>
        <translation>当前步完成后保存检查点</translation>
    </message>
    <message>
        <source>Branch from here ...</source>
        <translation>从此处分支…</translation>
    </message>
    <message>
        <source>Begin a new run with this one&apos;s weights and the settings being edited</source>
        <translation>用这次运行的权重和正在编辑的设置开始新的运行</translation>
    </message>
</context>
<context>
    <name>Log</name>
    <message>
        <source>Resumed after step {step}.</source>
        <translation>在第 {step} 步之后恢复。</translation>
    </message>
    <message>
        <source>Started on {device} in {precision} with {threads} threads.</source>
        <translation>已在 {device} 上以 {precision} 精度、{threads} 个线程开始。</translation>
    </message>
    <message>
        <source>State: {state}. {reason}</source>
        <translation>状态：{state}。{reason}</translation>
    </message>
    <message>
        <source>Held-out text: {bits} bits per byte, the best so far.</source>
        <translation>留出文本：每字节 {bits} 比特，迄今最佳。</translation>
    </message>
    <message>
        <source>Held-out text: {bits} bits per byte.</source>
        <translation>留出文本：每字节 {bits} 比特。</translation>
    </message>
    <message>
        <source>Saved {path} ({size}).</source>
        <translation>已保存 {path}（{size}）。</translation>
    </message>
    <message>
        <source>The learning rate is now {factor} times the scheduled one.</source>
        <translation>学习率现在是计划值的 {factor} 倍。</translation>
    </message>
    <message>
        <source>As before, the learning rate is {factor} times as high.</source>
        <translation>与之前一样，学习率为计划值的 {factor} 倍。</translation>
    </message>
    <message>
        <source>The step was left out, number {total} of this run. {reason}</source>
        <translation>跳过了这一步，是本次运行的第 {total} 次。{reason}</translation>
    </message>
    <message>
        <source>Wrote a sample for “{prompt}”.</source>
        <translation>为“{prompt}”写了一个样例。</translation>
    </message>
    <message>
        <source>Ended after {time}: {reason}</source>
        <translation>{time}后结束：{reason}</translation>
    </message>
</context>
<context>
    <name>LogDock</name>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Warnings and errors</source>
        <translation>警告和错误</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Least grave kind that is shown</source>
        <translation>显示的最低严重程度</translation>
    </message>
    <message>
        <source>Search the log</source>
        <translation>搜索日志</translation>
    </message>
    <message>
        <source>Log of the run</source>
        <translation>本次运行的日志</translation>
    </message>
    <message>
        <source>Copy last error</source>
        <translation>复制最后一个错误</translation>
    </message>
</context>
<context>
    <name>LossPanel</name>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>entropy of the text</source>
        <translation>文本的熵</translation>
    </message>
    <message>
        <source>The curve begins with the first step.</source>
        <translation>曲线从第一步开始。</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Home</source>
        <translation>首页</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Configure</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>记忆</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Run bar</source>
        <translation>运行栏</translation>
    </message>
</context>
<context>
    <name>Manners</name>
    <message>
        <source>This system cannot be kept awake from here; it may sleep during a run.</source>
        <translation>无法让此系统保持唤醒；它可能在运行期间休眠。</translation>
    </message>
</context>
<context>
    <name>MatrixView</name>
    <message>
        <source>Difference to the look before</source>
        <translation>与上一次观察的差异</translation>
    </message>
    <message>
        <source>Also while Space is held</source>
        <translation>按住空格键时也会显示</translation>
    </message>
    <message>
        <source>Size of the entries</source>
        <translation>矩阵元素的大小</translation>
    </message>
    <message>
        <source>Change of the entries</source>
        <translation>矩阵元素的变化</translation>
    </message>
    <message>
        <source>Singular values</source>
        <translation>奇异值</translation>
    </message>
    <message>
        <source>Layer {layer}, head {head} at step {step}: largest singular value {largest}; full colour is {reach}.</source>
        <translation>第 {layer} 层第 {head} 头，第 {step} 步：最大奇异值 {largest}；最深颜色表示 {reach}。</translation>
    </message>
    <message>
        <source>Each square stands for {rows} × {columns} entries of {all_rows} × {all}.</source>
        <translation>每格代表 {all_rows} × {all} 个元素中的 {rows} × {columns} 个。</translation>
    </message>
</context>
<context>
    <name>MemoriesPanel</name>
    <message>
        <source>Memory</source>
        <translation>记忆</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>Saved memories</source>
        <translation>已保存的记忆</translation>
    </message>
    <message>
        <source>Name of the memory</source>
        <translation>记忆的名称</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save the memory as it is now, under this name</source>
        <translation>以此名称保存当前的记忆</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>载入</translation>
    </message>
    <message>
        <source>Go on with the chosen memory</source>
        <translation>用所选的记忆继续</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>How far is the memory, as it is now, from the chosen one?</source>
        <translation>当前的记忆与所选的记忆相差多少？</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove the chosen memory from the disk</source>
        <translation>从磁盘移除所选的记忆</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Save the weighted mean of the memory now and the chosen one, under this name</source>
        <translation>以此名称保存当前记忆与所选记忆的加权平均</translation>
    </message>
    <message>
        <source>Share of the chosen memory in the mean</source>
        <translation>所选记忆在平均中所占的份额</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n 个词元</numerusform>
        </translation>
    </message>
    <message>
        <source>Begin a conversation to save and load what the memory learned.</source>
        <translation>先开始一段对话，才能保存和载入记忆学到的内容。</translation>
    </message>
    <message>
        <source>The memory now: {size}, {tokens} tokens read and written.</source>
        <translation>当前的记忆：{size}，已读写 {tokens} 个词元。</translation>
    </message>
    <message>
        <source>From “{name}”, as a share of its length:</source>
        <translation>与“{name}”的差异，及其占该记忆长度的比例：</translation>
    </message>
    <message>
        <source>Mean: {now} of the memory now, {other} of the chosen one</source>
        <translation>平均：当前记忆占 {now}，所选记忆占 {other}</translation>
    </message>
</context>
<context>
    <name>MemoryChoice</name>
    <message>
        <source>Memory to begin with</source>
        <translation>开始时的记忆</translation>
    </message>
    <message>
        <source>Fresh: as after the training. Kept: what the last text or conversation left. Saved: a memory from the list on the Teach side.</source>
        <translation>全新：训练结束时的状态。保留：上一段文字或对话留下的记忆。已保存：“教学”一侧列表中的记忆。</translation>
    </message>
    <message>
        <source>Fresh memory</source>
        <translation>全新的记忆</translation>
    </message>
    <message>
        <source>Memory kept from the last time</source>
        <translation>上一次保留的记忆</translation>
    </message>
    <message>
        <source>Saved memory: {name}</source>
        <translation>已保存的记忆：{name}</translation>
    </message>
</context>
<context>
    <name>MemoryNormPanel</name>
    <message>
        <source>Memory norm</source>
        <translation>记忆范数</translation>
    </message>
    <message>
        <source>largest</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>median</source>
        <translation>中位</translation>
    </message>
    <message>
        <source>smallest</source>
        <translation>最小</translation>
    </message>
</context>
<context>
    <name>MemoryPage</name>
    <message>
        <source>Memory norm, every head</source>
        <translation>记忆范数（每个头）</translation>
    </message>
    <message>
        <source>One row a head, over the steps of training. Blue: the memory holds less than at the first look, orange: more. Click a row to see it by itself.</source>
        <translation>每行一个头，横轴为训练步数。蓝色：记忆比首次观察时少；橙色：更多。点击一行可单独查看。</translation>
    </message>
    <message>
        <source>log10(|M_s| / |M_first|): |M| is the Frobenius norm of a head&apos;s memory matrix after it read the probe text (memory_norm).</source>
        <translation>log10(|M_s| / |M_first|)：|M| 是一个头读完探测文本后记忆矩阵的弗罗贝尼乌斯范数 (memory_norm)。</translation>
    </message>
    <message>
        <source>Level clocks</source>
        <translation>层级时钟</translation>
    </message>
    <message>
        <source>A tick at each real update; the deeper the bar behind it, the larger the update. Rings close until the next one. Slow levels keep what fast ones forget.</source>
        <translation>每次实际更新画一条刻度；其后的色条越深，更新越大。圆环闭合时便是下一次更新。慢层级保留快层级忘掉的内容。</translation>
    </message>
    <message>
        <source>Level l adds up its gradient and steps when step mod C_l = 0 (clock, learning_rate_factor). Size of an update: |change of the level&apos;s weights|, measured at the nearest look (update_norm), of the level&apos;s largest.</source>
        <translation>层级 l 累加其梯度，并在 step mod C_l = 0 时更新（clock、learning_rate_factor）。更新的大小：|该层级权重的变化|，取自最近一次观察（update_norm），相对于该层级的最大值。</translation>
    </message>
    <message>
        <source>Surprise</source>
        <translation>惊奇度</translation>
    </message>
    <message>
        <source>The probe text: the deeper the colour, the less the memory expected it.</source>
        <translation>探测文本：颜色越深，记忆越没有预料到它。</translation>
    </message>
    <message>
        <source>|grad l(M; k_t, v_t)| with l = 1/2 |M k - v|^2: how far a token wants to move the memory (surprise). MT-HOPE: |u_t - u_(t-1)|. Colours show ranks.</source>
        <translation>|grad l(M; k_t, v_t)|，其中 l = 1/2 |M k - v|^2：一个词元想把记忆推动多远（surprise）。MT-HOPE：|u_t - u_(t-1)|。颜色表示名次。</translation>
    </message>
    <message>
        <source>Gates</source>
        <translation>门控</translation>
    </message>
    <message>
        <source>One column a token, one row a head: pale is 0, deep is the most.</source>
        <translation>每列一个词元，每行一个头：浅色为 0，深色为最大。</translation>
    </message>
    <message>
        <source>S_t = eta_t S_(t-1) - theta_t grad l;  M_t = (1 - alpha_t) M_(t-1) + S_t. Half-life = ln 2 / mean(-ln(1 - alpha)). MT-HOPE: u_t = f_t e^(-i phi_t) u_(t-1) + sqrt(1 - f_t^2) theta_t c_t with alpha = 1 - f; where omega and pi have gates apart, each by an f and theta of its own, and their means are drawn.</source>
        <translation>S_t = eta_t S_(t-1) - theta_t grad l；M_t = (1 - alpha_t) M_(t-1) + S_t。半衰期 = ln 2 / mean(-ln(1 - alpha))。MT-HOPE：u_t = f_t e^(-i phi_t) u_(t-1) + sqrt(1 - f_t^2) theta_t c_t，其中 alpha = 1 - f；若 omega 和 pi 的门彼此独立，则各有自己的 f 和 theta，图中画的是它们的平均值。</translation>
    </message>
    <message>
        <source>Stability</source>
        <translation>稳定性</translation>
    </message>
    <message>
        <source>One row a layer, one column a head: how near writes are to blowing up.</source>
        <translation>每行一层，每列一个头：写入距离失控有多近。</translation>
    </message>
    <message>
        <source>Bound: theta lambda_max(K^T K) / (1 - eta) over a chunk of keys K; writes settle below 2. Half-life: ln 2 / mean(-ln(1 - alpha)), in tokens.</source>
        <translation>界限：对一个分块的键 K 计算 theta lambda_max(K^T K) / (1 - eta)；低于 2 时写入会稳定。半衰期：ln 2 / mean(-ln(1 - alpha))，以词元计。</translation>
    </message>
    <message>
        <source>How the gates are spread</source>
        <translation>门控的分布</translation>
    </message>
    <message>
        <source>One row a layer: the deeper the colour, the more tokens have this gate.</source>
        <translation>每行一层：颜色越深，取该门控值的词元越多。</translation>
    </message>
    <message>
        <source>Shares of all tokens and heads of the probe text, in twenty equal steps.</source>
        <translation>探测文本中所有词元和头所占的比例，分为二十个等宽区间。</translation>
    </message>
    <message>
        <source>Learning rate of each level</source>
        <translation>各层级的学习率</translation>
    </message>
    <message>
        <source>Dashed: what it comes to, as a slow level moves at few of the steps.</source>
        <translation>虚线：慢层级只在少数步更新时折合的学习率。</translation>
    </message>
    <message>
        <source>learning_rate * learning_rate_factor of the level; effective: times updates / steps.</source>
        <translation>learning_rate * 该层级的 learning_rate_factor；有效学习率：再乘以更新次数 / 步数。</translation>
    </message>
    <message>
        <source>Memory matrix</source>
        <translation>记忆矩阵</translation>
    </message>
    <message>
        <source>The head chosen in the norm map: how large its entries are, and how many directions it uses. Hold Space for the change since the look before.</source>
        <translation>范数图中选定的头：矩阵元素有多大，用到了多少个方向。按住空格键可看自上一次观察以来的变化。</translation>
    </message>
    <message>
        <source>|M|, 256 x 256 squares at most, of older looks 64 x 64; a larger memory in blocks, each the root mean square of its entries (matrices); singular values of M (singular_values); effective rank = e^H, H the entropy of their shares (effective_rank).</source>
        <translation>|M|，最多 256 x 256 格，较早的观察为 64 x 64；更大的记忆按块显示，每块为其元素的均方根（matrices）；M 的奇异值（singular_values）；有效秩 = e^H，H 为其份额的熵（effective_rank）。</translation>
    </message>
    <message>
        <source>Recall over filler</source>
        <translation>隔着填充文本的回忆</translation>
    </message>
    <message>
        <source>How much of a text each part of the memory still holds after more and more other text: quick parts fall first. Dashed: how like what was written the rest still is.</source>
        <translation>读入越来越多的其他文本之后，记忆的各部分还保留多少先前的文本：快的部分先衰减。虚线：余下的内容与当初写入的内容有多相似。</translation>
    </message>
    <message>
        <source>D_d: difference of the memories of two texts after d tokens of filler. Solid: &lt;D_d, D_0&gt; / |D_0|^2 (share); dashed: cos(D_d, D_0) (cosine).</source>
        <translation>D_d：读入 d 个填充词元后，两段文本所留记忆之差。实线：&lt;D_d, D_0&gt; / |D_0|^2（share）；虚线：cos(D_d, D_0)（cosine）。</translation>
    </message>
    <message>
        <source>Complex plane of the Moebius maps</source>
        <translation>莫比乌斯映射的复平面</translation>
    </message>
    <message>
        <source>The image of a round grid under one learned map, its fixed points (filled: attracting, hollow: repelling) and the path of a point that you can drag.</source>
        <translation>一个学得的映射对极坐标网格的像、它的不动点（实心：吸引，空心：排斥），以及一个可拖动的点的轨迹。</translation>
    </message>
    <message>
        <source>z -&gt; (a z + b) / (c z + d), a d - b c = 1, all cycles in a row (mobius); k: slope at the attracting fixed point. z of a head: best omega = z pi over its channels (z). Domain colours at z: hue arg f(z), dark to bright |f(z)|, a band each doubling of it.</source>
        <translation>z -&gt; (a z + b) / (c z + d)，a d - b c = 1，所有循环依次作用（mobius）；k：吸引不动点处的导数。一个头的 z：在其各通道上最符合 omega = z pi 的值（z）。z 处的定义域着色：色相为 arg f(z)，明暗为 |f(z)|，每增加一倍一条色带。</translation>
    </message>
    <message>
        <source>Twistors and slots</source>
        <translation>扭量与槽</translation>
    </message>
    <message>
        <source>Helicity tells how omega and pi lie to each other; slots hold what the text left, the first one changes quickest.</source>
        <translation>螺旋度表示 omega 与 pi 的相对方位；槽保存文本留下的内容，第一个槽变化最快。</translation>
    </message>
    <message>
        <source>S = Re&lt;omega, pi&gt; / (|omega| |pi|) (helicity); slots M_k (slots), |M_k| (slot_norm), alpha_k a_(t,k) (slot_write).</source>
        <translation>S = Re&lt;omega, pi&gt; / (|omega| |pi|)（helicity）；槽 M_k（slots）、|M_k|（slot_norm）、alpha_k a_(t,k)（slot_write）。</translation>
    </message>
    <message>
        <source>Sizes of weights and gradients</source>
        <translation>权重与梯度的大小</translation>
    </message>
    <message>
        <source>Over the steps of training, one column a deeper look: the deeper the colour, the more values have this size. Bands that wander up blow up, those that wander down die out.</source>
        <translation>横轴为训练步数，每次深入观测一列：颜色越深，该大小的数值越多。上移的色带趋于爆炸，下移的趋于消失。</translation>
    </message>
    <message>
        <source>Shares of |w| (weight_spread) and of the last step&apos;s |g| (gradient_spread) in quarters of a power of ten, of at most 65,536 evenly spaced values of each part.</source>
        <translation>|w|（weight_spread）与上一步 |g|（gradient_spread）按四分之一个十倍程统计的占比，每个部分至多取 65,536 个等间隔的值。</translation>
    </message>
    <message>
        <source>The levels come with the first words of the trainer.</source>
        <translation>训练开始报告后就会显示各层级。</translation>
    </message>
    <message>
        <source>Learning rates come with the first step.</source>
        <translation>完成第一步后才有学习率。</translation>
    </message>
    <message>
        <source>Look at step {step}</source>
        <translation>第 {step} 步的观察</translation>
    </message>
    <message>
        <source>This look is not kept any more: looks that stand close together are left out.</source>
        <translation>这次观察已不再保留：相距太近的观察会被略去。</translation>
    </message>
</context>
<context>
    <name>MemoryUsePanel</name>
    <message>
        <source>Memory in use</source>
        <translation>内存占用</translation>
    </message>
    <message>
        <source>process</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>The trainer&apos;s memory is read at every step.</source>
        <translation>每一步都会读取训练进程的内存。</translation>
    </message>
</context>
<context>
    <name>MemoryWords</name>
    <message>
        <source>Open or start a run to look into its memory.</source>
        <translation>打开或开始一次运行，即可查看它的记忆。</translation>
    </message>
    <message>
        <source>A transformer has no memory that learns while it reads. Try the hope model.</source>
        <translation>Transformer 没有边读边学的记忆。请试试 hope 模型。</translation>
    </message>
    <message>
        <source>This run does not look into its memory: train.probe_every is 0.</source>
        <translation>本次运行不观察记忆：train.probe_every 为 0。</translation>
    </message>
    <message>
        <source>No look into the memory yet: the first comes at step {step}.</source>
        <translation>还没有观察记忆：首次在第 {step} 步。</translation>
    </message>
    <message>
        <source>No trainer told of levels here. Train on to see them move.</source>
        <translation>这里还没有训练进程报告过层级。继续训练即可看到它们更新。</translation>
    </message>
    <message>
        <source>Not one step was done here. Train on to see the rates.</source>
        <translation>这里还没有完成任何一步。继续训练即可看到学习率。</translation>
    </message>
    <message>
        <source>No look into the memory: these weights were not trained here, or not one step was done. Press Look now at the top of the page Memory, or train on.</source>
        <translation>没有对记忆的观察：这些权重不是在此训练的，或者一步也没有完成。请在“记忆”页顶部点击“立即观察”，或继续训练。</translation>
    </message>
    <message>
        <source>No look into the memory: train.probe_every was 0. Press Look now at the top of the page Memory.</source>
        <translation>没有对记忆的观察：train.probe_every 为 0。请在“记忆”页顶部点击“立即观察”。</translation>
    </message>
    <message>
        <source>No look into the memory: the run ended at step {step}, and looks come every {every} steps. Press Look now at the top of the page Memory, or train on.</source>
        <translation>没有对记忆的观察：运行在第 {step} 步结束，而观察每 {every} 步一次。请在“记忆”页顶部点击“立即观察”，或继续训练。</translation>
    </message>
    <message>
        <source>Only MT-HOPE has twistors and Moebius maps; this model&apos;s memory is a matrix of real numbers.</source>
        <translation>只有 MT-HOPE 有扭量和莫比乌斯映射；这个模型的记忆是实数矩阵。</translation>
    </message>
    <message>
        <source>The Moebius maps of this model are switched off.</source>
        <translation>这个模型的莫比乌斯映射已关闭。</translation>
    </message>
    <message>
        <source>No deeper look yet, or this memory has no matrix a head: deeper looks come at every fifth look, recall at every twentieth.</source>
        <translation>还没有深入观察，或者这种记忆没有按头划分的矩阵：每五次观察做一次深入观察，每二十次做一次回忆测试。</translation>
    </message>
    <message>
        <source>Sizes come with the deeper looks, every fifth look.</source>
        <translation>大小随深入观测记录，每五次观测一次。</translation>
    </message>
    <message>
        <source>This memory has no gates of its own.</source>
        <translation>这种记忆没有自己的门。</translation>
    </message>
    <message>
        <source>This memory has no step that could grow too large.</source>
        <translation>这种记忆没有可能变得过大的步长。</translation>
    </message>
    <message>
        <source>This look did not measure it.</source>
        <translation>这次观察没有测量它。</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>运行(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>工具(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Window</source>
        <translation>窗口(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Open &amp;recent run</source>
        <translation>打开最近的运行(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <translation>导出(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Trainer</source>
        <translation>训练方式(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Open run ...</source>
        <translation>打开运行…(&amp;O)</translation>
    </message>
    <message>
        <source>Open &amp;text ...</source>
        <translation>打开文本…(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Import ...</source>
        <translation>导入…(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Run with its checkpoint ...</source>
        <translation>运行及其检查点…(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Weights of the run ...</source>
        <translation>运行的权重…(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Settings as a preset ...</source>
        <translation>将设置存为预设…(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Settings of the program ...</source>
        <translation>程序设置…(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Simple layout</source>
        <translation>简洁布局(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Workbench layout</source>
        <translation>工作台布局(&amp;W)</translation>
    </message>
    <message>
        <source>Rese&amp;t layout</source>
        <translation>重置布局(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>全屏(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Find a command ...</source>
        <translation>查找命令…(&amp;F)</translation>
    </message>
    <message>
        <source>Open the folder of the &amp;log</source>
        <translation>打开日志文件夹(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Minimise</source>
        <translation>最小化(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Guided tour</source>
        <translation>导览(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Reports of crashes ...</source>
        <translation>崩溃报告…(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;About HOPE Studio</source>
        <translation>关于 HOPE Studio(&amp;A)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>剪切</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
</context>
<context>
    <name>ModelChoice</name>
    <message>
        <source>No model yet</source>
        <translation>还没有模型</translation>
    </message>
    <message>
        <source>The model in training</source>
        <translation>正在训练的模型</translation>
    </message>
    <message>
        <source>The best checkpoint</source>
        <translation>最佳检查点</translation>
    </message>
    <message>
        <source>Checkpoint of step {step}</source>
        <translation>第 {step} 步的检查点</translation>
    </message>
    <message>
        <source>The model is being prepared. It can write after its first step.</source>
        <translation>模型正在准备中，第一步之后就能写作。</translation>
    </message>
    <message>
        <source>This run has saved no model yet. Resume it until it saves.</source>
        <translation>本次运行还没有保存模型。请恢复运行，直到它保存为止。</translation>
    </message>
    <message>
        <source>There is no model yet. Train one; the small preset takes a minute.</source>
        <translation>还没有模型。请先训练一个；小型预设只需一分钟。</translation>
    </message>
</context>
<context>
    <name>MomentsList</name>
    <message>
        <source>Each turn ends in a moment. Going back brings it back bit for bit.</source>
        <translation>每一轮结束时都留下一个时刻，可以逐位精确地回到那里。</translation>
    </message>
    <message>
        <source>Moments of the conversation</source>
        <translation>对话的各个时刻</translation>
    </message>
    <message>
        <source>Go back to this moment</source>
        <translation>回到这一时刻</translation>
    </message>
    <message>
        <source>The start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Read: {words}</source>
        <translation>读了：{words}</translation>
    </message>
    <message>
        <source>Taught: {words}</source>
        <translation>教了：{words}</translation>
    </message>
    <message>
        <source>Written: {words}</source>
        <translation>写了：{words}</translation>
    </message>
    <message>
        <source>Loaded: {words}</source>
        <translation>载入：{words}</translation>
    </message>
    <message>
        <source>surprise {first} → {last} nats a token</source>
        <translation>每个词元的惊奇度 {first} → {last} 奈特</translation>
    </message>
</context>
<context>
    <name>NormMapView</name>
    <message>
        <source>What the line shows</source>
        <translation>曲线显示的内容</translation>
    </message>
    <message>
        <source>Norm |M|</source>
        <translation>范数 |M|</translation>
    </message>
    <message>
        <source>Change |ΔM| between looks</source>
        <translation>两次观察之间的变化 |ΔM|</translation>
    </message>
    <message>
        <source>Effective rank</source>
        <translation>有效秩</translation>
    </message>
    <message>
        <source>layer {n}</source>
        <translation>第 {n} 层</translation>
    </message>
    <message>
        <source>Full colour: {factor} times the first norm, or one part in as many.</source>
        <translation>最深色：首次范数的 {factor} 倍或其 {factor} 分之一。</translation>
    </message>
    <message>
        <source>One look alone, so colours compare the heads: full colour is {factor} times the median norm, or one part in as many.</source>
        <translation>只有一次观察，因此颜色用于比较各个头：最深色表示中位范数的 {factor} 倍，或其几分之一。</translation>
    </message>
    <message>
        <source>Layer {layer}, head {head}: norm {norm} at step {step}.</source>
        <translation>第 {layer} 层第 {head} 个头：第 {step} 步时范数为 {norm}。</translation>
    </message>
    <message>
        <source>Saturating, over 10 times the median: {heads}.</source>
        <translation>趋于饱和，超过中位数的 10 倍：{heads}。</translation>
    </message>
    <message>
        <source>Nearly empty, below a hundredth of the median: {heads}.</source>
        <translation>几乎为空，低于中位数的百分之一：{heads}。</translation>
    </message>
    <message>
        <source>layer {layer} head {head}</source>
        <translation>第 {layer} 层第 {head} 个头</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <source>Dismiss this notice</source>
        <translation>关闭此通知</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Write something</source>
        <translation>写点什么</translation>
    </message>
    <message>
        <source>Stop now</source>
        <translation>立即停止</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Show the report</source>
        <translation>查看报告</translation>
    </message>
</context>
<context>
    <name>NowCard</name>
    <message>
        <source>Now</source>
        <translation>当前</translation>
    </message>
    <message>
        <source>Training loss</source>
        <translation>训练损失</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <translation>困惑度</translation>
    </message>
    <message>
        <source>Bits per byte</source>
        <translation>每字节比特</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>最佳</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>耐心</translation>
    </message>
    <message>
        <source>Constraint loss</source>
        <translation>约束损失</translation>
    </message>
    <message>
        <source>Steps left out</source>
        <translation>跳过的步数</translation>
    </message>
    <message>
        <source>No run is open. Start one on the Home page.</source>
        <translation>没有打开的运行。请在首页开始一次。</translation>
    </message>
    <message>
        <source>{loss}, {bits} bits per byte</source>
        <translation>{loss}，每字节 {bits} 比特</translation>
    </message>
    <message>
        <source>{loss} at step {step}</source>
        <translation>{loss}（第 {step} 步）</translation>
    </message>
    <message>
        <source>{used} of {all} without a better one</source>
        <translation>{used}/{all} 次未见更好</translation>
    </message>
    <message>
        <source>The first step is still to come.</source>
        <translation>还没有执行第一步。</translation>
    </message>
    <message>
        <source>It has just begun.</source>
        <translation>刚刚开始。</translation>
    </message>
    <message>
        <source>The loss is not a number since step {step}. Try a lower learning rate.</source>
        <translation>从第 {step} 步起损失不再是数字。请试试更低的学习率。</translation>
    </message>
    <message>
        <source>At step {step} the gradient was {times} times its usual size.</source>
        <translation>第 {step} 步的梯度是平常的 {times} 倍。</translation>
    </message>
    <message>
        <source>Validation has been rising since step {since}, by {worse} %: it begins to learn the text by heart.</source>
        <translation>验证损失自第 {since} 步起上升了 {worse} %：模型开始死记文本。</translation>
    </message>
    <message>
        <source>Learning: the loss falls by {percent} % in {steps} steps.</source>
        <translation>正在学习：损失在 {steps} 步内下降 {percent} %。</translation>
    </message>
    <message>
        <source>The loss rises by {percent} % in {steps} steps.</source>
        <translation>损失在 {steps} 步内上升 {percent} %。</translation>
    </message>
    <message>
        <source>The loss has been flat for {steps} steps.</source>
        <translation>损失已有 {steps} 步没有变化。</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>Open the folder of a run</source>
        <translation>打开一次运行的文件夹</translation>
    </message>
    <message>
        <source>Text (*.txt *.md *.py *.jsonl);;All files (*)</source>
        <translation>文本 (*.txt *.md *.py *.jsonl);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Train on a text</source>
        <translation>用文本训练</translation>
    </message>
    <message>
        <source>Open a run first: that is what is exported.</source>
        <translation>请先打开一个运行：导出的就是它。</translation>
    </message>
    <message>
        <source>No run yet</source>
        <translation>还没有运行</translation>
    </message>
    <message>
        <source>&amp;Pin the open run</source>
        <translation>固定打开的运行(&amp;P)</translation>
    </message>
</context>
<context>
    <name>Panel</name>
    <message>
        <source>average of {count}</source>
        <translation>平均 {count} 步</translation>
    </message>
    <message>
        <source>Gaussian, {count}</source>
        <translation>高斯 {count} 步</translation>
    </message>
    <message>
        <source>{curve}: {value} at {place}.</source>
        <translation>{curve}：在 {place} 处为 {value}。</translation>
    </message>
</context>
<context>
    <name>PartWords</name>
    <message>
        <source>Memory</source>
        <translation>记忆</translation>
    </message>
    <message>
        <source>Cells</source>
        <translation>单元</translation>
    </message>
    <message>
        <source>Fast weight</source>
        <translation>快权重</translation>
    </message>
    <message>
        <source>Level {n}</source>
        <translation>层级 {n}</translation>
    </message>
    <message>
        <source>Slot {n}</source>
        <translation>槽 {n}</translation>
    </message>
</context>
<context>
    <name>PlaneView</name>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Channel </source>
        <translation>通道 </translation>
    </message>
    <message>
        <source>Riemann sphere</source>
        <translation>黎曼球面</translation>
    </message>
    <message>
        <source>Both halves of the sphere, so that infinity is in sight</source>
        <translation>球面的两半，使无穷远点也可见</translation>
    </message>
    <message>
        <source>Domain colours</source>
        <translation>定义域着色</translation>
    </message>
    <message>
        <source>Each place has the colour of where the map takes it: the hue is the angle, dark is near 0, bright near infinity; each doubling of the distance begins a new band</source>
        <translation>每个位置的颜色表示映射把它送往何处：色相是辐角，暗处接近 0，亮处接近无穷；距离每增加一倍开始一条新的色带</translation>
    </message>
    <message>
        <source>Layer {n}</source>
        <translation>第 {n} 层</translation>
    </message>
    <message>
        <source>Dots: z of every head, from blue (first look) to orange (last); |z| is now {z}.</source>
        <translation>圆点：每个头的 z，由蓝（首次观察）到橙（最近一次）；|z| 现为 {z}。</translation>
    </message>
    <message>
        <source>The map moves nothing (identity).</source>
        <translation>该映射不移动任何点（恒等）。</translation>
    </message>
    <message>
        <source>Parabolic: one fixed point, everything flows round to it.</source>
        <translation>抛物型：只有一个不动点，一切都绕行流向它。</translation>
    </message>
    <message>
        <source>Elliptic: it turns around two fixed points.</source>
        <translation>椭圆型：绕两个不动点旋转。</translation>
    </message>
    <message>
        <source>Hyperbolic: it flows from one fixed point to the other.</source>
        <translation>双曲型：从一个不动点流向另一个。</translation>
    </message>
    <message>
        <source>Loxodromic: it spirals from one fixed point to the other.</source>
        <translation>斜驶型：从一个不动点螺旋流向另一个。</translation>
    </message>
    <message>
        <source>k = {size} at {angle}°; attracting {first}, repelling {second}.</source>
        <translation>k 的模为 {size}，辐角 {angle}°；吸引点 {first}，排斥点 {second}。</translation>
    </message>
    <message>
        <source>Left: the half around 0; right: the half around infinity.</source>
        <translation>左：以 0 为中心的半球；右：以无穷远为中心的半球。</translation>
    </message>
    <message>
        <source>Triangles: it goes on further out.</source>
        <translation>三角形：图形在更远处继续延伸。</translation>
    </message>
</context>
<context>
    <name>PlotMarks</name>
    <message>
        <source>Step {step}: {words}</source>
        <translation>第 {step} 步：{words}</translation>
    </message>
</context>
<context>
    <name>PlotMenu</name>
    <message>
        <source>Show the whole run</source>
        <translation>显示整个运行</translation>
    </message>
    <message>
        <source>Maximise or restore</source>
        <translation>最大化或还原</translation>
    </message>
    <message>
        <source>Move to the place before</source>
        <translation>移到前一个位置</translation>
    </message>
    <message>
        <source>Move to the place after</source>
        <translation>移到后一个位置</translation>
    </message>
    <message>
        <source>Logarithmic y axis</source>
        <translation>对数 y 轴</translation>
    </message>
    <message>
        <source>Logarithmic x axis, all plots</source>
        <translation>对数 x 轴（所有图）</translation>
    </message>
    <message>
        <source>Leave outliers out of view</source>
        <translation>不显示离群值</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Save as PNG picture ...</source>
        <translation>另存为 PNG 图片…</translation>
    </message>
    <message>
        <source>Save as SVG drawing ...</source>
        <translation>另存为 SVG 图形…</translation>
    </message>
    <message>
        <source>Save all data as CSV ...</source>
        <translation>将全部数据存为 CSV…</translation>
    </message>
    <message>
        <source>Moving average</source>
        <translation>移动平均</translation>
    </message>
    <message>
        <source>Gaussian</source>
        <translation>高斯</translation>
    </message>
    <message>
        <source>No smoothing</source>
        <translation>不平滑</translation>
    </message>
    <message>
        <source>Over about {count} steps</source>
        <translation>约 {count} 步内平滑</translation>
    </message>
    <message>
        <source>Save plot</source>
        <translation>保存图表</translation>
    </message>
    <message>
        <source>Smoothing, all plots</source>
        <translation>平滑（所有图）</translation>
    </message>
</context>
<context>
    <name>PlotTools</name>
    <message>
        <source>Along x</source>
        <translation>横轴</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Kind of smoothing</source>
        <translation>平滑方式</translation>
    </message>
    <message>
        <source>An average looks back only, so it lags; a Gaussian looks both ways, and its newest end still moves. The raw values stay in view.</source>
        <translation>移动平均只看过去，因此会滞后；高斯平滑前后都看，最新一端仍会变动。原始数值始终可见。</translation>
    </message>
    <message>
        <source>Behind it</source>
        <translation>背景曲线</translation>
    </message>
    <message>
        <source>Log x</source>
        <translation>对数 x</translation>
    </message>
    <message>
        <source>Draw the x axis of all plots in powers of ten</source>
        <translation>以十的幂绘制所有图的 x 轴</translation>
    </message>
    <message>
        <source>Whole run</source>
        <translation>整个运行</translation>
    </message>
    <message>
        <source>Keep the whole run in view as it grows</source>
        <translation>随着运行始终显示全部</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Training time</source>
        <translation>训练时间</translation>
    </message>
</context>
<context>
    <name>PresetCard</name>
    <message>
        <source>Adjust ...</source>
        <translation>调整…</translation>
    </message>
    <message>
        <source>Adjust {name}</source>
        <translation>调整{name}</translation>
    </message>
    <message>
        <source>Shrink to fit</source>
        <translation>缩小以适应</translation>
    </message>
    <message>
        <source>Shrink {name} until it fits</source>
        <translation>缩小{name}直到放得下</translation>
    </message>
    <message>
        <source>{count} parameters</source>
        <translation>{count} 参数</translation>
    </message>
    <message>
        <source>It does not fit into the memory.</source>
        <translation>内存容纳不下。</translation>
    </message>
    <message>
        <source>time unknown</source>
        <translation>时间未知</translation>
    </message>
    <message>
        <source>about {time}</source>
        <translation>约 {time}</translation>
    </message>
    <message>
        <source>Memory is not known yet.</source>
        <translation>尚不清楚所需内存。</translation>
    </message>
    <message>
        <source>... of memory</source>
        <translation>… 内存</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>activations</source>
        <translation>激活</translation>
    </message>
    <message>
        <source>needs {needed}, {free} is free</source>
        <translation>需要 {needed}，可用 {free}</translation>
    </message>
    <message>
        <source>{needed} of {free} free memory</source>
        <translation>{needed} / {free} 可用内存</translation>
    </message>
    <message>
        <source>{needed} of memory</source>
        <translation>{needed} 内存</translation>
    </message>
    <message>
        <source>Train {name}</source>
        <translation>训练{name}</translation>
    </message>
    <message>
        <source>Train {name} (about {time}, {memory})</source>
        <translation>训练{name} (约 {time}，{memory})</translation>
    </message>
</context>
<context>
    <name>ProofsView</name>
    <message>
        <source>Prove this model</source>
        <translation>检验此模型</translation>
    </message>
    <message>
        <source>Proof</source>
        <translation>检验项</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>限值</translation>
    </message>
    <message>
        <source>Proving ...</source>
        <translation>正在检验…</translation>
    </message>
    <message>
        <source>Fast kernels against slow ones, no look into the future, no mixing of a batch&apos;s rows, pieces equal to the whole, a gradient for every parameter: computed on this very model, in 64-bit numbers.</source>
        <translation>快速核与慢速核一致、不偷看未来、批次各行互不混合、分段等于整体、每个参数都有梯度：就在此模型上以 64 位数计算。</translation>
    </message>
    <message>
        <source>holds</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>does not hold</source>
        <translation>未通过</translation>
    </message>
    <message numerus="yes">
        <source>%n proof(s) do not hold.</source>
        <translation>
            <numerusform>%n 项检验未通过。</numerusform>
        </translation>
    </message>
    <message>
        <source>All proofs hold.</source>
        <translation>全部检验通过。</translation>
    </message>
</context>
<context>
    <name>Quantities</name>
    <message>
        <source>{value} G</source>
        <translation>{value} G</translation>
    </message>
    <message>
        <source>{value} M</source>
        <translation>{value} M</translation>
    </message>
    <message>
        <source>{value} k</source>
        <translation>{value} k</translation>
    </message>
    <message>
        <source>{value} GB</source>
        <translation>{value} GB</translation>
    </message>
    <message>
        <source>{value} MB</source>
        <translation>{value} MB</translation>
    </message>
    <message>
        <source>{value} kB</source>
        <translation>{value} kB</translation>
    </message>
    <message>
        <source>{value} bytes</source>
        <translation>{value} 字节</translation>
    </message>
    <message>
        <source>{value} s</source>
        <translation>{value} 秒</translation>
    </message>
    <message>
        <source>{value} min</source>
        <translation>{value} 分钟</translation>
    </message>
    <message>
        <source>{value} h</source>
        <translation>{value} 小时</translation>
    </message>
    <message>
        <source>{value} days</source>
        <translation>{value} 天</translation>
    </message>
    <message>
        <source>{value} tokens/s</source>
        <translation>{value} 词元/秒</translation>
    </message>
    <message>
        <source>{value} %</source>
        <translation>{value} %</translation>
    </message>
</context>
<context>
    <name>QueueRunner</name>
    <message>
        <source>The queue was stopped together with the run.</source>
        <translation>队列已随该次运行一起停止。</translation>
    </message>
    <message>
        <source>Start it again on the Runs page.</source>
        <translation>可在“运行”页重新启动。</translation>
    </message>
</context>
<context>
    <name>QueueView</name>
    <message>
        <source>Runs that wait</source>
        <translation>等待中的运行</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>The queue works on its last run.</source>
        <translation>队列正在处理最后一次运行。</translation>
    </message>
    <message>
        <source>No run waits. Add the settings of the Configure page, or a sweep of them.</source>
        <translation>没有等待中的运行。可加入“配置”页的设置，或对其做参数扫描。</translation>
    </message>
    <message>
        <source>Stop the queue</source>
        <translation>停止队列</translation>
    </message>
    <message>
        <source>Start the queue</source>
        <translation>启动队列</translation>
    </message>
</context>
<context>
    <name>RecallView</name>
    <message>
        <source>Asked at step {step}.</source>
        <translation>在第 {step} 步测试。</translation>
    </message>
    <message>
        <source>{level} wrote nothing yet.</source>
        <translation>{level}尚未写入任何内容。</translation>
    </message>
    <message>
        <source>{level} keeps half for {count} tokens.</source>
        <translation>{level}在 {count} 个词元内保留一半。</translation>
    </message>
    <message>
        <source>{level} still keeps more than half.</source>
        <translation>{level}仍保留一半以上。</translation>
    </message>
</context>
<context>
    <name>RecentRuns</name>
    <message>
        <source>Recent runs</source>
        <translation>最近的运行</translation>
    </message>
    <message>
        <source>Nothing yet. Your runs will stand here.</source>
        <translation>还没有内容。您的运行会显示在这里。</translation>
    </message>
    <message>
        <source>best {value} bits/byte</source>
        <translation>最佳 {value} 比特/字节</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>RecipeChart</name>
    <message>
        <source>How likely the answer was</source>
        <translation>答案的概率</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>教学之前</translation>
    </message>
    <message>
        <source>After as much other text</source>
        <translation>读了同样多的其他文字之后</translation>
    </message>
    <message>
        <source>Another question, before</source>
        <translation>另一个问题，教学之前</translation>
    </message>
    <message>
        <source>Right after teaching</source>
        <translation>刚教完</translation>
    </message>
    <message>
        <source>Another question, after</source>
        <translation>另一个问题，教学之后</translation>
    </message>
    <message>
        <source>After {tokens} tokens of other text</source>
        <translation>又读了 {tokens} 个其他词元之后</translation>
    </message>
    <message>
        <source>Rolled back</source>
        <translation>回退之后</translation>
    </message>
</context>
<context>
    <name>RecipePanel</name>
    <message>
        <source>Teach a fact, then ask: how likely is the answer before, after, after more text, and rolled back? The conversation stays as it is.</source>
        <translation>先教一个事实，再提问：教学之前、之后、又读了别的文字之后以及回退之后，答案的概率各是多少？对话本身保持不变。</translation>
    </message>
    <message>
        <source>The fact</source>
        <translation>事实</translation>
    </message>
    <message>
        <source>The question: what stands before the answer</source>
        <translation>问题：答案前面的文字</translation>
    </message>
    <message>
        <source>The answer, with the space before it</source>
        <translation>答案（连同它前面的空格）</translation>
    </message>
    <message>
        <source>Another question, as a control</source>
        <translation>另一个问题，作为对照</translation>
    </message>
    <message>
        <source>Teach it, then ask</source>
        <translation>先教，再问</translation>
    </message>
    <message>
        <source>Teaching and asking ...</source>
        <translation>正在教学并提问……</translation>
    </message>
    <message>
        <source>The recipe was given up; nothing was kept of it.</source>
        <translation>已放弃这个步骤，什么也没有留下。</translation>
    </message>
    <message>
        <source>Teaching made the answer {factor} times as likely.</source>
        <translation>教学使答案的概率变为原来的 {factor} 倍。</translation>
    </message>
    <message>
        <source>The weights stood still, bit for bit.</source>
        <translation>权重逐位不变。</translation>
    </message>
    <message>
        <source>The weights learned as well.</source>
        <translation>权重也随之学习。</translation>
    </message>
    <message>
        <source>Rolling back brought everything back exactly.</source>
        <translation>回退后一切都精确复原。</translation>
    </message>
    <message>
        <source>Rolling back did not bring everything back.</source>
        <translation>回退后没有完全复原。</translation>
    </message>
</context>
<context>
    <name>RivalBars</name>
    <message>
        <source>Likeliest tokens</source>
        <translation>最可能的词元</translation>
    </message>
</context>
<context>
    <name>RunBar</name>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>The settings of the next run</source>
        <translation>下一次运行的设置</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>运行进度</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Train {name}</source>
        <translation>训练{name}</translation>
    </message>
    <message>
        <source>Start a new run with these settings (Ctrl+R)</source>
        <translation>用这些设置开始新的运行 (Ctrl+R)</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
    <message>
        <source>step {step}</source>
        <translation>第 {step} 步</translation>
    </message>
    <message>
        <source>step {step}/{steps}</source>
        <translation>第 {step}/{steps} 步</translation>
    </message>
</context>
<context>
    <name>RunButtons</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续训练</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Copy as command</source>
        <translation>复制为命令</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>报告…</translation>
    </message>
    <message>
        <source>Move to bin</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>Copied. Paste it into a terminal to train this again.</source>
        <translation>已复制。粘贴到终端即可再次训练。</translation>
    </message>
    <message>
        <source>Write a report</source>
        <translation>生成报告</translation>
    </message>
    <message>
        <source>Written: {file}</source>
        <translation>已写入：{file}</translation>
    </message>
    <message>
        <source>Move the run {name} to the bin?</source>
        <translation>将运行 {name} 移到回收站？</translation>
    </message>
    <message>
        <source>Move {count} runs to the bin?</source>
        <translation>将 {count} 次运行移到回收站？</translation>
    </message>
</context>
<context>
    <name>RunCurves</name>
    <message>
        <source>Held-out bits per byte</source>
        <translation>验证集每字节比特数</translation>
    </message>
    <message>
        <source>Training bits per byte</source>
        <translation>训练每字节比特数</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Tokens a second</source>
        <translation>每秒词元数</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>over steps</source>
        <translation>按步数</translation>
    </message>
    <message>
        <source>over tokens</source>
        <translation>按词元数</translation>
    </message>
    <message>
        <source>over training time</source>
        <translation>按训练时间</translation>
    </message>
    <message>
        <source>What is compared</source>
        <translation>比较的量</translation>
    </message>
    <message>
        <source>What it is compared over</source>
        <translation>比较的横轴</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>Curves of the selected runs</source>
        <translation>所选运行的曲线</translation>
    </message>
    <message>
        <source>Select one or more runs above; their curves are drawn here together.</source>
        <translation>请在上方选择一次或多次运行，它们的曲线会一起画在这里。</translation>
    </message>
    <message>
        <source>The selected runs have not told this yet.</source>
        <translation>所选运行尚无此数据。</translation>
    </message>
</context>
<context>
    <name>RunDetails</name>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Texts</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>笔记</translation>
    </message>
    <message>
        <source>Queue ({count})</source>
        <translation>队列（{count}）</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
</context>
<context>
    <name>RunMenu</name>
    <message>
        <source>Export the run with its checkpoint ...</source>
        <translation>导出运行及其检查点…</translation>
    </message>
    <message>
        <source>Export its weights ...</source>
        <translation>导出权重…</translation>
    </message>
    <message>
        <source>Export its settings as a preset ...</source>
        <translation>将其设置导出为预设…</translation>
    </message>
    <message>
        <source>Import a run, weights or a preset ...</source>
        <translation>导入运行、权重或预设…</translation>
    </message>
</context>
<context>
    <name>RunNotesForm</name>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>笔记</translation>
    </message>
    <message>
        <source>Words with commas between</source>
        <translation>用逗号分隔的词</translation>
    </message>
    <message>
        <source>Select one run above to name it, tag it and write notes.</source>
        <translation>请在上方选择一次运行，为它命名、加标签并写笔记。</translation>
    </message>
</context>
<context>
    <name>RunSettings</name>
    <message>
        <source>Settings that differ</source>
        <translation>不同的设置</translation>
    </message>
    <message>
        <source>Preset {name}</source>
        <translation>预设 {name}</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置项</translation>
    </message>
    <message>
        <source>Select runs above; the settings in which they differ are shown here.</source>
        <translation>请在上方选择运行，它们不同的设置会显示在这里。</translation>
    </message>
    <message>
        <source>This run has its preset&apos;s settings, unchanged.</source>
        <translation>此运行的设置与其预设完全相同。</translation>
    </message>
    <message>
        <source>These runs have the same settings.</source>
        <translation>这些运行的设置相同。</translation>
    </message>
</context>
<context>
    <name>RunTexts</name>
    <message>
        <source>Texts of the selected runs</source>
        <translation>所选运行的文本</translation>
    </message>
    <message>
        <source>The selected runs have not written a sample yet.</source>
        <translation>所选运行尚未写出样本。</translation>
    </message>
    <message>
        <source>Select runs above; what they wrote is shown here side by side.</source>
        <translation>请在上方选择运行，它们写出的文本会并排显示在这里。</translation>
    </message>
    <message>
        <source>Step {step}</source>
        <translation>第 {step} 步</translation>
    </message>
</context>
<context>
    <name>RunWords</name>
    <message>
        <source>not started</source>
        <translation>未开始</translation>
    </message>
    <message>
        <source>preparing</source>
        <translation>准备中</translation>
    </message>
    <message>
        <source>running</source>
        <translation>训练中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>已损坏</translation>
    </message>
</context>
<context>
    <name>RunsModel</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>最佳</translation>
    </message>
    <message>
        <source>The fewest bits per byte of the held-out text</source>
        <translation>留出文本每字节比特数的最小值</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>The last bits per byte of the held-out text</source>
        <translation>留出文本每字节比特数的最新值</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>The training loss of the last step, nats a token</source>
        <translation>最后一步的训练损失（奈特/词元）</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Trained</source>
        <translation>训练时长</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始时间</translation>
    </message>
</context>
<context>
    <name>RunsPage</name>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Filter by name, state, preset or tag</source>
        <translation>按名称、状态、预设或标签筛选</translation>
    </message>
    <message>
        <source>Filter the runs</source>
        <translation>筛选运行</translation>
    </message>
    <message>
        <source>No runs yet. Train one on the first page; it is kept here.</source>
        <translation>还没有运行。请在首页训练一个，它会保存在这里。</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>{shown} of {count}</source>
        <translation>{shown} / {count}</translation>
    </message>
</context>
<context>
    <name>SampleEntry</name>
    <message>
        <source>Step {step}</source>
        <translation>第 {step} 步</translation>
    </message>
    <message>
        <source>{stamp}, {share} new words</source>
        <translation>{stamp}，{share} 新词</translation>
    </message>
</context>
<context>
    <name>SamplesList</name>
    <message>
        <source>Samples</source>
        <translation>样例</translation>
    </message>
    <message>
        <source>Samples, the newest first</source>
        <translation>样例，最新的在前</translation>
    </message>
</context>
<context>
    <name>SamplingButton</name>
    <message>
        <source>How it writes: temperature, length, repetition and more</source>
        <translation>写作方式：温度、长度、重复等</translation>
    </message>
</context>
<context>
    <name>SamplingForm</name>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Low: careful, high: bold. 0 takes the most likely token each time.</source>
        <translation>低：谨慎，高：大胆。0 表示每次取最可能的词元。</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Draw among this many most likely tokens only.</source>
        <translation>只在最可能的这么多个词元中抽取。</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Draw among the fewest tokens that reach this share of probability.</source>
        <translation>在累计概率达到此比例的最少词元中抽取。</translation>
    </message>
    <message>
        <source>Repetition</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Above 1, tokens that it has just written become less likely. With single bytes as tokens that concerns letters: stay near 1.</source>
        <translation>大于 1 时，刚写过的词元会变得不那么可能。若以单个字节为词元，则作用于字母：请保持接近 1。</translation>
    </message>
    <message>
        <source>Looks back</source>
        <translation>回看范围</translation>
    </message>
    <message>
        <source>How many of the tokens it wrote last must not be repeated lightly.</source>
        <translation>最近写出的多少个词元不应轻易重复。</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>How many tokens to write.</source>
        <translation>要写多少个词元。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>The same seed writes the same text.</source>
        <translation>相同的种子写出相同的文本。</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>allowed</source>
        <translation>允许</translation>
    </message>
    <message>
        <source> tokens</source>
        <translation> 个词元</translation>
    </message>
</context>
<context>
    <name>ScheduleView</name>
    <message>
        <source>Updates in steps 1 to {last}</source>
        <translation>第 1 至 {last} 步中的更新</translation>
    </message>
    <message>
        <source>never: its clock is longer than the run</source>
        <translation>从不：其时钟长于整个运行</translation>
    </message>
    <message>
        <source>every step</source>
        <translation>每一步</translation>
    </message>
    <message>
        <source>every {clock} steps, {count} times</source>
        <translation>每 {clock} 步，共 {count} 次</translation>
    </message>
    <message>
        <source>The levels of these settings are being worked out.</source>
        <translation>正在计算这些设置的层级。</translation>
    </message>
    <message>
        <source>over training time</source>
        <translation>随训练时间</translation>
    </message>
    <message>
        <source>over steps</source>
        <translation>随步数</translation>
    </message>
    <message>
        <source>Learning rate of each level {over}</source>
        <translation>各层级的学习率（{over}）</translation>
    </message>
</context>
<context>
    <name>Scrubber</name>
    <message>
        <source>Look at step</source>
        <translation>观察的步数</translation>
    </message>
    <message>
        <source>Newest look</source>
        <translation>最新观察</translation>
    </message>
    <message>
        <source>Keep showing the newest look as the run goes on</source>
        <translation>随着训练进行，始终显示最新的观察</translation>
    </message>
    <message>
        <source>Pause the replay</source>
        <translation>暂停回放</translation>
    </message>
    <message>
        <source>Replay the run</source>
        <translation>回放训练过程</translation>
    </message>
</context>
<context>
    <name>ServiceLink</name>
    <message>
        <source>The helper process ended before it could answer.</source>
        <translation>辅助进程在回答之前就结束了。</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>The open run trains inside this window and must be stopped first.</source>
        <translation>打开的运行正在本窗口内训练，必须先停止。</translation>
    </message>
</context>
<context>
    <name>SettingRow</name>
    <message>
        <source>Differs from the preset</source>
        <translation>与预设不同</translation>
    </message>
    <message>
        <source>Back to the preset&apos;s value: {value}</source>
        <translation>恢复预设值：{value}</translation>
    </message>
    <message>
        <source>Reset {setting}</source>
        <translation>重置{setting}</translation>
    </message>
    <message>
        <source>Default {value}.</source>
        <translation>默认 {value}。</translation>
    </message>
    <message>
        <source>above {low}</source>
        <translation>大于 {low}</translation>
    </message>
    <message>
        <source>at least {low}</source>
        <translation>至少 {low}</translation>
    </message>
    <message>
        <source>below {high}</source>
        <translation>小于 {high}</translation>
    </message>
    <message>
        <source>at most {high}</source>
        <translation>至多 {high}</translation>
    </message>
    <message>
        <source>{low}, {high}.</source>
        <translation>{low}，{high}。</translation>
    </message>
    <message>
        <source>{limit}.</source>
        <translation>{limit}。</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Accumulation</source>
        <translation>梯度累积</translation>
    </message>
    <message>
        <source>AdamW&apos;s first decay, for the rest.</source>
        <translation>其余参数所用 AdamW 的第一衰减率。</translation>
    </message>
    <message>
        <source>AdamW&apos;s second decay, for the rest.</source>
        <translation>其余参数所用 AdamW 的第二衰减率。</translation>
    </message>
    <message>
        <source>Adaptive</source>
        <translation>自适应</translation>
    </message>
    <message>
        <source>Adaptive largest</source>
        <translation>自适应上限</translation>
    </message>
    <message>
        <source>Adaptive rate</source>
        <translation>自适应速率</translation>
    </message>
    <message>
        <source>Add the twist J(omega, pi) = (conj pi, -conj omega) to every map.</source>
        <translation>在每个映射上加入扭转 J(ω, π) = (π 的共轭, −ω 的共轭)。</translation>
    </message>
    <message>
        <source>Added to the root of the second moment.</source>
        <translation>加在二阶矩平方根上的小量。</translation>
    </message>
    <message>
        <source>Antilinear</source>
        <translation>反线性项</translation>
    </message>
    <message>
        <source>Arrangement</source>
        <translation>排列方式</translation>
    </message>
    <message>
        <source>Attention heads; divides width evenly.</source>
        <translation>注意力头数；须能整除宽度。</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Batches that each of these threads keeps ready.</source>
        <translation>每个加载线程预先备好的批次数。</translation>
    </message>
    <message>
        <source>Batches whose gradients are added before one step.</source>
        <translation>每走一步前累加梯度的批次数。</translation>
    </message>
    <message>
        <source>Beta max</source>
        <translation>Beta 上限</translation>
    </message>
    <message>
        <source>Beta1</source>
        <translation>Beta1</translation>
    </message>
    <message>
        <source>Beta2</source>
        <translation>Beta2</translation>
    </message>
    <message>
        <source>Beta3</source>
        <translation>Beta3</translation>
    </message>
    <message>
        <source>Bidirectional</source>
        <translation>双向</translation>
    </message>
    <message>
        <source>Bits</source>
        <translation>位数</translation>
    </message>
    <message>
        <source>Bits of each phase and of each size (bits).</source>
        <translation>每个相位和每个大小所用的位数（比特）。</translation>
    </message>
    <message>
        <source>Bounded step</source>
        <translation>有界步长</translation>
    </message>
    <message>
        <source>CPU threads; 0: the fastest of a few, found by timing.</source>
        <translation>CPU 线程数；0：通过计时从几个值中选最快的。</translation>
    </message>
    <message>
        <source>Carry past surprise along (eta); off: none.</source>
        <translation>延续过去的惊奇度 (eta)；关：不延续。</translation>
    </message>
    <message>
        <source>Carry past surprise along (mu); off: none.</source>
        <translation>延续过去的惊奇度 (mu)；关：不延续。</translation>
    </message>
    <message>
        <source>Cell</source>
        <translation>单元</translation>
    </message>
    <message>
        <source>Checkpoint every</source>
        <translation>检查点间隔</translation>
    </message>
    <message>
        <source>Chunk</source>
        <translation>块长</translation>
    </message>
    <message>
        <source>Chunk memory</source>
        <translation>主记忆块长</translation>
    </message>
    <message>
        <source>Chunk other</source>
        <translation>其他记忆块长</translation>
    </message>
    <message>
        <source>Clear cache every</source>
        <translation>缓存清理间隔</translation>
    </message>
    <message>
        <source>Clip norm</source>
        <translation>梯度裁剪范数</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>时钟</translation>
    </message>
    <message>
        <source>Clock growth</source>
        <translation>时钟倍数</translation>
    </message>
    <message>
        <source>Compile</source>
        <translation>编译</translation>
    </message>
    <message>
        <source>Compression</source>
        <translation>压缩</translation>
    </message>
    <message>
        <source>Compute omega and pi in one product, which pays on a GPU; the same result.</source>
        <translation>把 ω 和 π 合在一次乘积中计算，在 GPU 上更快；结果相同。</translation>
    </message>
    <message>
        <source>Connector</source>
        <translation>连接器</translation>
    </message>
    <message>
        <source>Convolution</source>
        <translation>卷积</translation>
    </message>
    <message>
        <source>Coupling</source>
        <translation>耦合</translation>
    </message>
    <message>
        <source>Cycles</source>
        <translation>循环次数</translation>
    </message>
    <message>
        <source>Decay</source>
        <translation>衰减</translation>
    </message>
    <message>
        <source>Decay of the first moment.</source>
        <translation>一阶矩的衰减率。</translation>
    </message>
    <message>
        <source>Decay of the second moment.</source>
        <translation>二阶矩的衰减率。</translation>
    </message>
    <message>
        <source>Decoupled weight decay.</source>
        <translation>解耦权重衰减。</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Divide gradients by the root of their mean square, as AdamW does.</source>
        <translation>像 AdamW 那样将梯度除以其均方根。</translation>
    </message>
    <message>
        <source>Document end</source>
        <translation>文档结束时</translation>
    </message>
    <message>
        <source>Dot sign</source>
        <translation>点积的符号</translation>
    </message>
    <message>
        <source>Dynamic weights</source>
        <translation>动态权重</translation>
    </message>
    <message>
        <source>Each memory answers x + M x instead of M x, so that it can grow.</source>
        <translation>每个记忆给出 x + M x 而不是 M x，使其能够成长。</translation>
    </message>
    <message>
        <source>Each token sets how strongly each of them acts on it.</source>
        <translation>由每个词元决定它们各自对它作用的强弱。</translation>
    </message>
    <message>
        <source>Enabled</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Epsilon</source>
        <translation>Epsilon</translation>
    </message>
    <message>
        <source>Erase layers</source>
        <translation>擦除的层</translation>
    </message>
    <message>
        <source>Erase scale</source>
        <translation>擦除尺度</translation>
    </message>
    <message>
        <source>Erasure</source>
        <translation>擦除</translation>
    </message>
    <message>
        <source>Eta max</source>
        <translation>Eta 上限</translation>
    </message>
    <message>
        <source>Eta scale</source>
        <translation>Eta 尺度</translation>
    </message>
    <message>
        <source>Evaluate every</source>
        <translation>评估间隔</translation>
    </message>
    <message>
        <source>Evaluation batches</source>
        <translation>评估批次数</translation>
    </message>
    <message>
        <source>Expansion</source>
        <translation>扩展倍数</translation>
    </message>
    <message>
        <source>Fastest</source>
        <translation>最快</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Field with the text.</source>
        <translation>存放文本的字段。</translation>
    </message>
    <message>
        <source>First retention</source>
        <translation>初始保留率</translation>
    </message>
    <message>
        <source>First strength of the twist in the last cycle.</source>
        <translation>最后一个循环中扭转的初始强度。</translation>
    </message>
    <message>
        <source>First write</source>
        <translation>初始写入</translation>
    </message>
    <message>
        <source>For a night on a good GPU.</source>
        <translation>适合在好的 GPU 上训练一夜。</translation>
    </message>
    <message>
        <source>Fused branches</source>
        <translation>合并分支</translation>
    </message>
    <message>
        <source>Gate</source>
        <translation>门</translation>
    </message>
    <message>
        <source>Gate form</source>
        <translation>门的形式</translation>
    </message>
    <message>
        <source>Gate meaning</source>
        <translation>门的含义</translation>
    </message>
    <message>
        <source>Gates</source>
        <translation>门控</translation>
    </message>
    <message>
        <source>General</source>
        <translation>常规</translation>
    </message>
    <message>
        <source>Grad scale</source>
        <translation>梯度尺度</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>头数</translation>
    </message>
    <message>
        <source>Heads of memory and attention; divides width.</source>
        <translation>记忆与注意力的头数；须能整除宽度。</translation>
    </message>
    <message>
        <source>Held-out batches of one evaluation.</source>
        <translation>每次评估所用的留出批次数。</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>隐藏宽度</translation>
    </message>
    <message>
        <source>Hidden width of a level, as a multiple of omega&apos;s.</source>
        <translation>一个层级的隐藏宽度，以 ω 宽度的倍数表示。</translation>
    </message>
    <message>
        <source>Hidden width of each momentum&apos;s MLP.</source>
        <translation>每个动量 MLP 的隐藏宽度。</translation>
    </message>
    <message>
        <source>Hidden width of each, as a multiple of the stream&apos;s.</source>
        <translation>每个的隐藏宽度，以主干宽度的倍数表示。</translation>
    </message>
    <message>
        <source>Hidden width of the MLP, as a multiple of width.</source>
        <translation>MLP 的隐藏宽度，为宽度的倍数。</translation>
    </message>
    <message>
        <source>Hidden width of the level&apos;s MLP, as a multiple of width.</source>
        <translation>该层级 MLP 的隐藏宽度，为宽度的倍数。</translation>
    </message>
    <message>
        <source>Hidden width of the network, as a multiple of a head&apos;s.</source>
        <translation>网络的隐藏宽度，为头宽度的倍数。</translation>
    </message>
    <message>
        <source>How a write moves the weights: against the gradient, or DGD as well.</source>
        <translation>写入如何移动权重：沿梯度反方向，或再加 DGD。</translation>
    </message>
    <message>
        <source>How far the fastest channel of the phase code turns at each token (radians).</source>
        <translation>相位编码中最快的通道在每个词元处转过的角度（弧度）。</translation>
    </message>
    <message>
        <source>How levels meet. sequential: each reads the one before; independent: all read the same and their answers are added with learned weights; nested: as sequential, and a level starts afresh whenever the next slower one has moved inside the sequence.</source>
        <translation>各层级如何衔接。sequential：每级读取前一级；independent：各级读取同样的输入，其输出按可学习的权重相加；nested：同 sequential，但每当更慢的一级在序列内更新后，本级重新开始。</translation>
    </message>
    <message>
        <source>How long it trains, looks and saves.</source>
        <translation>训练多久，何时观察和保存。</translation>
    </message>
    <message>
        <source>How memory and attention meet: memory alone, context, gate or layer.</source>
        <translation>记忆与注意力如何结合：仅记忆、作为上下文、作为门或作为层。</translation>
    </message>
    <message>
        <source>How much is erased along the newest gradient.</source>
        <translation>沿最新梯度方向擦除多少。</translation>
    </message>
    <message>
        <source>How much momentum a step keeps.</source>
        <translation>每一步保留多少动量。</translation>
    </message>
    <message>
        <source>How much slower the slowest channel of the phase code turns than the fastest.</source>
        <translation>相位编码中最慢的通道比最快的慢多少倍。</translation>
    </message>
    <message>
        <source>How much the MLP keeps at a step.</source>
        <translation>MLP 每一步保留多少。</translation>
    </message>
    <message>
        <source>How much to write (MB).</source>
        <translation>生成多少文本 (MB)。</translation>
    </message>
    <message>
        <source>How text becomes tokens.</source>
        <translation>文本如何变成词元。</translation>
    </message>
    <message>
        <source>How training differentiates the writes. full: exactly; truncated: exactly, but cut off every few chunks; first_order: a write&apos;s own gradient counts as independent of the memory it was taken at. What the model answers is the same in all three.</source>
        <translation>训练如何对写入求导。full：精确求导；truncated：精确求导，但每隔若干分块截断一次；first_order：把写入自身的梯度视为与所在的记忆无关。三种方式下模型的输出完全相同。</translation>
    </message>
    <message>
        <source>In mode chunk_truncated, read all chunks twice: the second time each begins with the last one&apos;s end, through a Moebius map.</source>
        <translation>在 chunk_truncated 模式下把所有块读两遍：第二遍时，每一块从上一块的末状态经莫比乌斯映射开始。</translation>
    </message>
    <message>
        <source>Inner loss</source>
        <translation>内层损失</translation>
    </message>
    <message>
        <source>Inner rate</source>
        <translation>内部学习率</translation>
    </message>
    <message>
        <source>Iterations</source>
        <translation>迭代次数</translation>
    </message>
    <message>
        <source>Its share after each nested level.</source>
        <translation>它在每个嵌套层级之后所占的份额。</translation>
    </message>
    <message>
        <source>Its share beside the text&apos;s loss.</source>
        <translation>它相对于文本损失所占的份额。</translation>
    </message>
    <message>
        <source>Keep batches where a GPU can fetch them by itself; nothing on a CPU.</source>
        <translation>把批次放在 GPU 能自行读取的锁页内存中；在 CPU 上没有作用。</translation>
    </message>
    <message>
        <source>Keep checkpoints</source>
        <translation>保留检查点数</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Large</source>
        <translation>大型</translation>
    </message>
    <message>
        <source>Largest norm of the gradient; 0: no clipping.</source>
        <translation>梯度的最大范数；0：不裁剪。</translation>
    </message>
    <message>
        <source>Largest share by which a learned factor enlarges what the recurrence gives, in training and afterwards alike; 0 leaves it out.</source>
        <translation>一个学得的系数把循环的输出最多放大的比例，训练时与训练后相同；0 表示不用。</translation>
    </message>
    <message>
        <source>Largest share of an error that an update inside a sequence takes back.</source>
        <translation>序列内一次更新最多消除误差的比例。</translation>
    </message>
    <message>
        <source>Largest share of an old answer that one write replaces.</source>
        <translation>一次写入最多替换旧答案的比例。</translation>
    </message>
    <message>
        <source>Largest share of an old answer that one write takes back; above 1 it flips.</source>
        <translation>一次写入最多收回旧答案的比例；大于 1 时会翻转。</translation>
    </message>
    <message>
        <source>Largest step of one write (theta), per unit of gradient.</source>
        <translation>一次写入的最大步长 (theta)，按单位梯度计。</translation>
    </message>
    <message>
        <source>Largest step of one write, per unit of gradient.</source>
        <translation>一次写入的最大步长，按单位梯度计。</translation>
    </message>
    <message>
        <source>Largest strength of the adaptive twist.</source>
        <translation>自适应扭转的最大强度。</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>Learned tokens that stand before every text (tokens).</source>
        <translation>置于每段文本之前的可学习词元数（词元）。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Learning rate decay</source>
        <translation>学习率衰减</translation>
    </message>
    <message>
        <source>Learning rate factor</source>
        <translation>学习率倍数</translation>
    </message>
    <message>
        <source>Learning rate of each level, as a multiple of the last&apos;s.</source>
        <translation>每个层级的学习率，以上一层级的倍数表示。</translation>
    </message>
    <message>
        <source>Learning rate of the MLP on its own loss.</source>
        <translation>MLP 在自身损失上的学习率。</translation>
    </message>
    <message>
        <source>Learns in a minute on any computer; the place to start.</source>
        <translation>任何电脑上一分钟即可学会；从这里开始。</translation>
    </message>
    <message>
        <source>Length of one sample (tokens).</source>
        <translation>一个样例的长度（词元）。</translation>
    </message>
    <message>
        <source>Length of one training sequence (tokens).</source>
        <translation>一条训练序列的长度（词元）。</translation>
    </message>
    <message>
        <source>Let Moebius maps act on the recurrent state.</source>
        <translation>让莫比乌斯映射作用于循环状态。</translation>
    </message>
    <message>
        <source>Let the levels&apos; weight grow from a tenth to one during training.</source>
        <translation>让各层级的权重在训练中从十分之一增长到一。</translation>
    </message>
    <message>
        <source>Let the matrix make the values that are written into it.</source>
        <translation>让矩阵自己生成要写入其中的值。</translation>
    </message>
    <message>
        <source>Let the model write a matrix of its own as it reads.</source>
        <translation>让模型在阅读时改写自己的一个矩阵。</translation>
    </message>
    <message>
        <source>Level weight</source>
        <translation>层级权重</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>层级</translation>
    </message>
    <message>
        <source>Loader prefetch</source>
        <translation>预取批次</translation>
    </message>
    <message>
        <source>Loader workers</source>
        <translation>数据加载线程</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>MLPs in a row after each recurrence: fast, medium, slow.</source>
        <translation>每个循环之后依次相接的 MLP：快、中、慢。</translation>
    </message>
    <message>
        <source>Maps in a row, each with its own matrices.</source>
        <translation>依次相接的映射，各有自己的矩阵。</translation>
    </message>
    <message>
        <source>Max megabytes</source>
        <translation>最大兆字节数</translation>
    </message>
    <message>
        <source>Max seconds</source>
        <translation>最长秒数</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>中型</translation>
    </message>
    <message>
        <source>Megabytes</source>
        <translation>兆字节数</translation>
    </message>
    <message>
        <source>Memories of step and retention: one row without residual, or a full matrix whose answer is averaged.</source>
        <translation>步长与保留率的记忆：无残差的一行，或取平均答案的完整矩阵。</translation>
    </message>
    <message>
        <source>Memory heads in each block; divides width.</source>
        <translation>每个块的记忆头数；须能整除宽度。</translation>
    </message>
    <message>
        <source>Minimum learning rate</source>
        <translation>最低学习率</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Moebius maps of the state.</source>
        <translation>状态的莫比乌斯映射。</translation>
    </message>
    <message>
        <source>Moebius twistors at about 100 million parameters, with eight memories and levels.</source>
        <translation>约一亿参数的莫比乌斯扭量，带八个记忆和八个层级。</translation>
    </message>
    <message>
        <source>Moebius twistors in three blocks, with five memories and six levels.</source>
        <translation>三个模块的莫比乌斯扭量，带五个记忆和六个层级。</translation>
    </message>
    <message>
        <source>Moebius twistors in two blocks; learns in a minute on any computer.</source>
        <translation>两个模块的莫比乌斯扭量；在任何电脑上一分钟就能学会一些。</translation>
    </message>
    <message>
        <source>Moebius twistors in two wider blocks, with four memories.</source>
        <translation>两个更宽模块的莫比乌斯扭量，带四个记忆。</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>动量</translation>
    </message>
    <message>
        <source>Momentum of the matrices.</source>
        <translation>矩阵参数的动量。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Newest checkpoints kept, beside the best one.</source>
        <translation>除最佳检查点外保留的最新检查点数。</translation>
    </message>
    <message>
        <source>Newton-Schulz polynomial: quintic as in Muon, or cubic.</source>
        <translation>Newton-Schulz 多项式：如 Muon 的五次式，或三次式。</translation>
    </message>
    <message>
        <source>Newton-Schulz steps (T).</source>
        <translation>Newton-Schulz 步数 (T)。</translation>
    </message>
    <message>
        <source>No level waits longer than this (steps).</source>
        <translation>任何层级的等待都不超过此数（步）。</translation>
    </message>
    <message>
        <source>Number format of the forward and backward pass.</source>
        <translation>前向与反向计算的数值格式。</translation>
    </message>
    <message>
        <source>Number of blocks.</source>
        <translation>块数。</translation>
    </message>
    <message>
        <source>Number of levels; 0 switches them off.</source>
        <translation>层级数；0 表示关闭。</translation>
    </message>
    <message>
        <source>Number of recurrent blocks.</source>
        <translation>循环模块的数量。</translation>
    </message>
    <message>
        <source>Number of slots; 0 switches the system off.</source>
        <translation>槽位数；0 表示关闭该系统。</translation>
    </message>
    <message>
        <source>Number of steps of the run.</source>
        <translation>运行的步数。</translation>
    </message>
    <message>
        <source>One more twist, as strong as each token and its past ask for.</source>
        <translation>再加一次扭转，强弱由每个词元及其过去决定。</translation>
    </message>
    <message>
        <source>One sentence about it.</source>
        <translation>一句话说明。</translation>
    </message>
    <message>
        <source>Outer chunks</source>
        <translation>外层分块数</translation>
    </message>
    <message>
        <source>Outer gradient</source>
        <translation>外层梯度</translation>
    </message>
    <message>
        <source>Parts that are normalised and remember alone; divides width.</source>
        <translation>各自归一化、各自记忆的部分；须整除宽度。</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Path of the JSON lines file.</source>
        <translation>JSON Lines 文件的路径。</translation>
    </message>
    <message>
        <source>Path of the folder.</source>
        <translation>文件夹的路径。</translation>
    </message>
    <message>
        <source>Path of the text file.</source>
        <translation>文本文件的路径。</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>耐心</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>文件名模式</translation>
    </message>
    <message>
        <source>Peak learning rate of the fastest level.</source>
        <translation>最快层级的峰值学习率。</translation>
    </message>
    <message>
        <source>Persistent</source>
        <translation>持久词元</translation>
    </message>
    <message>
        <source>Phase code</source>
        <translation>相位编码</translation>
    </message>
    <message>
        <source>Pin memory</source>
        <translation>锁页内存</translation>
    </message>
    <message>
        <source>Polynomial</source>
        <translation>多项式</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Preconditioned</source>
        <translation>预条件</translation>
    </message>
    <message>
        <source>Probe every</source>
        <translation>探测间隔</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>进程数</translation>
    </message>
    <message>
        <source>Processes that train together, one a GPU where there are.</source>
        <translation>共同训练的进程数；有 GPU 时每个 GPU 一个。</translation>
    </message>
    <message>
        <source>Prompts that are continued as a sample.</source>
        <translation>用来续写样例的提示词。</translation>
    </message>
    <message>
        <source>Query</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>速率</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>Read at most this much text (MB).</source>
        <translation>最多读取多少文本 (MB)。</translation>
    </message>
    <message>
        <source>Read from both ends. Only for encoding: a language model may not use it.</source>
        <translation>从两端阅读。仅用于编码：语言模型不能使用。</translation>
    </message>
    <message>
        <source>Readings in a row, each asking with the last.</source>
        <translation>依次进行的读取，每次都用上一次的结果来提问。</translation>
    </message>
    <message>
        <source>Recommended</source>
        <translation>推荐</translation>
    </message>
    <message>
        <source>Residual</source>
        <translation>残差</translation>
    </message>
    <message>
        <source>Rest beta1</source>
        <translation>其余参数 beta1</translation>
    </message>
    <message>
        <source>Rest beta2</source>
        <translation>其余参数 beta2</translation>
    </message>
    <message>
        <source>Root mean square of a step over the learning rate; 0: as the rule gives it.</source>
        <translation>一步的均方根与学习率之比；0：按规则原样。</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Sample every</source>
        <translation>样例间隔</translation>
    </message>
    <message>
        <source>Sample prompts</source>
        <translation>样例提示词</translation>
    </message>
    <message>
        <source>Sample tokens</source>
        <translation>样例词元数</translation>
    </message>
    <message>
        <source>Scale expansion</source>
        <translation>尺度扩展</translation>
    </message>
    <message>
        <source>Scales</source>
        <translation>尺度数</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Seed of the stories.</source>
        <translation>故事的随机种子。</translation>
    </message>
    <message>
        <source>Seed of weights, batches and samples.</source>
        <translation>权重、批次和样例的随机种子。</translation>
    </message>
    <message>
        <source>Segment</source>
        <translation>段长</translation>
    </message>
    <message>
        <source>Self referential</source>
        <translation>自指</translation>
    </message>
    <message>
        <source>Sequence length</source>
        <translation>序列长度</translation>
    </message>
    <message>
        <source>Sequences in one batch.</source>
        <translation>一个批次中的序列数。</translation>
    </message>
    <message>
        <source>Share of a memory that a token keeps, at first (alpha).</source>
        <translation>开始时一个词元保留记忆的比例 (alpha)。</translation>
    </message>
    <message>
        <source>Share of past surprise carried along (mu); 0: none.</source>
        <translation>延续过去惊奇度的比例 (mu)；0：不延续。</translation>
    </message>
    <message>
        <source>Share of the run over which the learning rate rises.</source>
        <translation>学习率上升阶段占整个运行的比例。</translation>
    </message>
    <message>
        <source>Share of the slow momentum in a step (alpha).</source>
        <translation>一步中慢动量所占的比例 (alpha)。</translation>
    </message>
    <message>
        <source>Share of the text held out for validation, in blocks.</source>
        <translation>按块留作验证的文本比例。</translation>
    </message>
    <message>
        <source>Short name of the preset.</source>
        <translation>预设的简称。</translation>
    </message>
    <message>
        <source>Size of a step (eta) before the memory has learned any; with network &apos;mlp&apos; 0.02 unless said otherwise.</source>
        <translation>记忆尚未学到时的步长 (eta)；network 为“mlp”时，若未另行指定则为 0.02。</translation>
    </message>
    <message>
        <source>Size of the vocabulary (tokens).</source>
        <translation>词表大小（词元）。</translation>
    </message>
    <message>
        <source>Skip not finite</source>
        <translation>跳过非有限值</translation>
    </message>
    <message>
        <source>Slots</source>
        <translation>槽位</translation>
    </message>
    <message>
        <source>Slow every</source>
        <translation>慢动量间隔</translation>
    </message>
    <message>
        <source>Slow weight</source>
        <translation>慢动量权重</translation>
    </message>
    <message>
        <source>Slowest</source>
        <translation>最慢</translation>
    </message>
    <message>
        <source>Slowest clock</source>
        <translation>最慢时钟</translation>
    </message>
    <message>
        <source>Small</source>
        <translation>小型</translation>
    </message>
    <message>
        <source>Snapshot</source>
        <translation>快照</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>单步</translation>
    </message>
    <message>
        <source>Step eta / (1 + eta), as eq. 57 derives; off: eta itself.</source>
        <translation>步长为 eta / (1 + eta)，如式 57 所推导；关：直接用 eta。</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Steps between two checkpoints; 0: only at the end.</source>
        <translation>两个检查点之间的步数；0：只在结束时。</translation>
    </message>
    <message>
        <source>Steps between two evaluations; 0: only at the end.</source>
        <translation>两次评估之间的步数；0：只在结束时。</translation>
    </message>
    <message>
        <source>Steps between two looks into the memory; 0: never.</source>
        <translation>两次观察记忆之间的步数；0：从不。</translation>
    </message>
    <message>
        <source>Steps between two samples; 0: only at the end.</source>
        <translation>两个样例之间的步数；0：只在结束时。</translation>
    </message>
    <message>
        <source>Steps between two times that freed memory is given back to the system; 0: never.</source>
        <translation>每隔多少步把已释放的内存还给系统；0：从不。</translation>
    </message>
    <message>
        <source>Steps between two updates of the slow momentum (f).</source>
        <translation>慢动量两次更新之间的步数 (f)。</translation>
    </message>
    <message>
        <source>Steps between two updates of this level (steps).</source>
        <translation>该层级两次更新之间的步数（步）。</translation>
    </message>
    <message>
        <source>Steps between updates, as a multiple of the last level&apos;s.</source>
        <translation>两次更新之间的步数，以上一层级的倍数表示。</translation>
    </message>
    <message>
        <source>Steps in a row that may be left out because their loss or gradient is no number; 0: stop at the first.</source>
        <translation>因损失或梯度不是数而可连续跳过的步数；0：第一次就停止。</translation>
    </message>
    <message>
        <source>Stop after this many evaluations without a better one; 0: never.</source>
        <translation>连续这么多次评估没有更好时停止；0：从不。</translation>
    </message>
    <message>
        <source>Stop after this much training time (s); 0: none.</source>
        <translation>训练这么长时间后停止（秒）；0：不限。</translation>
    </message>
    <message>
        <source>Strength of a write before training.</source>
        <translation>训练前一次写入的强度。</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Tables that are learned. With one alone the other half is its conjugate.</source>
        <translation>要学习的表。只有一张时，另一半是它的共轭。</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>The best balance of quality and time for one GPU.</source>
        <translation>单块 GPU 上质量与时间的最佳平衡。</translation>
    </message>
    <message>
        <source>The continuum memory: one MLP a level, fast to slow.</source>
        <translation>连续体记忆：每个层级一个 MLP，由快到慢。</translation>
    </message>
    <message>
        <source>The embedding.</source>
        <translation>嵌入。</translation>
    </message>
    <message>
        <source>The matrix that the model writes itself.</source>
        <translation>由模型自己改写的矩阵。</translation>
    </message>
    <message>
        <source>The nested levels.</source>
        <translation>嵌套层级。</translation>
    </message>
    <message>
        <source>The plain baseline at the size of large.</source>
        <translation>普通基线，规模同“大型”。</translation>
    </message>
    <message>
        <source>The plain baseline at the size of medium.</source>
        <translation>普通基线，规模同“中型”。</translation>
    </message>
    <message>
        <source>The plain baseline at the size of recommended.</source>
        <translation>普通基线，规模同“推荐”。</translation>
    </message>
    <message>
        <source>The plain baseline at the size of small, to compare with.</source>
        <translation>与小型预设同等规模的普通基线，用于比较。</translation>
    </message>
    <message>
        <source>The recurrence.</source>
        <translation>循环。</translation>
    </message>
    <message>
        <source>The second loss.</source>
        <translation>第二项损失。</translation>
    </message>
    <message>
        <source>The size asked for by &apos;constant&apos;, of lengths 1.</source>
        <translation>“constant” 所要求的大小，按长度为 1 计。</translation>
    </message>
    <message>
        <source>The slots of the memory system.</source>
        <translation>记忆系统的槽位。</translation>
    </message>
    <message>
        <source>The smaller of the two sizes that the document calls recommended.</source>
        <translation>文档称为“推荐”的两种规模中较小的一种。</translation>
    </message>
    <message>
        <source>The text, its tokens and its split.</source>
        <translation>文本、词元及其划分。</translation>
    </message>
    <message>
        <source>Theta max</source>
        <translation>Theta 上限</translation>
    </message>
    <message>
        <source>This level&apos;s learning rate, as a multiple of the run&apos;s.</source>
        <translation>该层级的学习率，为运行学习率的倍数。</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程数</translation>
    </message>
    <message>
        <source>Threads that cut batches out of the text ahead of time; 0: none, as a batch takes less time than handing it over.</source>
        <translation>提前从文本中切出批次的线程数；0：不用线程，因为切一个批次比交接它还快。</translation>
    </message>
    <message>
        <source>Tie embeddings</source>
        <translation>共享嵌入</translation>
    </message>
    <message>
        <source>Titans at the size of large: a memory that gates attention (MAG).</source>
        <translation>Titans，规模同“大型”：以记忆门控注意力（MAG）。</translation>
    </message>
    <message>
        <source>Titans at the size of medium: a memory that gates attention (MAG).</source>
        <translation>Titans，规模同“中型”：以记忆门控注意力（MAG）。</translation>
    </message>
    <message>
        <source>Titans at the size of recommended: a memory that gates attention (MAG).</source>
        <translation>Titans，规模同“推荐”：以记忆门控注意力（MAG）。</translation>
    </message>
    <message>
        <source>Titans at the size of small: a memory that gates attention (MAG).</source>
        <translation>Titans，规模同“小型”：以记忆门控注意力（MAG）。</translation>
    </message>
    <message>
        <source>Tokens before each chunk that its state reads without answering, in mode chunk_truncated; at most a chunk (tokens).</source>
        <translation>chunk_truncated 模式下，每一块之前由其状态只读不答的词元数；至多一块（词元）。</translation>
    </message>
    <message>
        <source>Tokens between two snapshots of the main memory; changes the result.</source>
        <translation>主记忆两次快照之间的词元数；会改变结果。</translation>
    </message>
    <message>
        <source>Tokens between two snapshots of the other memories; changes the result.</source>
        <translation>其他记忆两次快照之间的词元数；会改变结果。</translation>
    </message>
    <message>
        <source>Tokens between two updates inside a sequence; 0: none (tokens).</source>
        <translation>序列内两次更新之间的词元数；0：不更新（词元）。</translation>
    </message>
    <message>
        <source>Tokens computed at once; a speed knob, never the result.</source>
        <translation>一次计算的词元数；只影响速度，不影响结果。</translation>
    </message>
    <message>
        <source>Tokens of a chunk in mode chunk_truncated (tokens).</source>
        <translation>chunk_truncated 模式下一块的词元数（词元）。</translation>
    </message>
    <message>
        <source>Tokens of a segment (context) or of attention&apos;s window (gate, layer).</source>
        <translation>一段的词元数（上下文）或注意力窗口的词元数（门、层）。</translation>
    </message>
    <message>
        <source>Tokens that each token sees; 0 sees all (tokens).</source>
        <translation>每个词元能看到的词元数；0 表示全部（词元）。</translation>
    </message>
    <message>
        <source>Tokens that share the gradient of their first weights; changes the result.</source>
        <translation>共用起始权重梯度的词元数；会改变结果。</translation>
    </message>
    <message>
        <source>Tokens whose values the same matrix makes, as it stood before them; only with self_referential. Part of the rule, not of the speed alone (tokens).</source>
        <translation>由同一个矩阵（取其在这些词元之前的样子）生成值的词元数；仅在 self_referential 开启时有效。这是规则的一部分，不只影响速度（词元）。</translation>
    </message>
    <message>
        <source>Train scale</source>
        <translation>训练系数</translation>
    </message>
    <message>
        <source>Turn omega forward and pi backward with the position in the text.</source>
        <translation>随文本中的位置把 ω 向前转、π 向后转。</translation>
    </message>
    <message>
        <source>Twice the size; an afternoon on a laptop, a while on a GPU.</source>
        <translation>两倍大小；笔记本上一个下午，GPU 上片刻即成。</translation>
    </message>
    <message>
        <source>Unit values</source>
        <translation>单位长度的值</translation>
    </message>
    <message>
        <source>Update rms</source>
        <translation>更新均方根</translation>
    </message>
    <message>
        <source>Use the token table as the output layer too.</source>
        <translation>词元表同时用作输出层。</translation>
    </message>
    <message>
        <source>Use the token tables as the output layer too.</source>
        <translation>把词元表也用作输出层。</translation>
    </message>
    <message>
        <source>Validation fraction</source>
        <translation>验证比例</translation>
    </message>
    <message>
        <source>Value chunk</source>
        <translation>值的分块</translation>
    </message>
    <message>
        <source>Values at unit length, which bounds what the memories write themselves.</source>
        <translation>值取单位长度，以限制记忆自身写入的内容。</translation>
    </message>
    <message>
        <source>Variant</source>
        <translation>变体</translation>
    </message>
    <message>
        <source>Version of this file&apos;s format.</source>
        <translation>此文件格式的版本。</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>词表</translation>
    </message>
    <message>
        <source>Warm up</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>Warmup</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>Weight of the extra erasure; 0 leaves the delta rule.</source>
        <translation>额外擦除的权重；0 即为 delta 规则。</translation>
    </message>
    <message>
        <source>Weight of the extra erasure; 1 is as printed.</source>
        <translation>额外擦除的权重；1 与原文一致。</translation>
    </message>
    <message>
        <source>Weight of the fast momentum.</source>
        <translation>快动量的权重。</translation>
    </message>
    <message>
        <source>Weight of the gradient: 1 halves the loss, 2 does not.</source>
        <translation>梯度的权重：1 使损失减半，2 则不减。</translation>
    </message>
    <message>
        <source>Weight of the second moment.</source>
        <translation>二阶矩的权重。</translation>
    </message>
    <message>
        <source>Weight of the slow momentum.</source>
        <translation>慢动量的权重。</translation>
    </message>
    <message>
        <source>What a token reads: the memory just before it, or at its chunk&apos;s start.</source>
        <translation>词元读取什么：紧接其前的记忆，或其块开头的记忆。</translation>
    </message>
    <message>
        <source>What a write descends: half the squared error (eq. 93), or minus the dot product with the target (eq. 92).</source>
        <translation>一次写入沿什么下降：平方误差的一半（式 93），或与目标的点积的相反数（式 92）。</translation>
    </message>
    <message>
        <source>What an update inside a sequence descends. local: the error of the level&apos;s own answers; next_token: the model&apos;s loss over the chunk just read, which costs another pass forward and backward.</source>
        <translation>序列内更新所下降的损失。local：该层级自身输出的误差；next_token：模型在刚读完的分块上的损失，需要多做一次前向和反向计算。</translation>
    </message>
    <message>
        <source>What each block remembers with.</source>
        <translation>每个块用什么来记忆。</translation>
    </message>
    <message>
        <source>What each memory is: a matrix, or the two-layer network of eqs. 89 and 91.</source>
        <translation>每个记忆是什么：一个矩阵，或式 (89) 和 (91) 的两层网络。</translation>
    </message>
    <message>
        <source>What is read. none: the slot itself; phase: its phases and sizes in few bits; linear: through a bottleneck of half the width.</source>
        <translation>读到的内容。none：槽位本身；phase：用少量比特表示的相位和大小；linear：经过一半宽度的瓶颈。</translation>
    </message>
    <message>
        <source>What levels have learned inside a document, when another one begins: begin from the trained weights again, or keep it.</source>
        <translation>开始读下一个文档时，各层级在上一个文档中学到的内容：从训练好的权重重新开始，或者保留。</translation>
    </message>
    <message>
        <source>What the retention&apos;s memory answers: the share of a memory that is kept (alpha of eq. 88), or the share forgotten (alpha of Titans).</source>
        <translation>保留门的记忆回答什么：记忆被保留的比例（式 88 的 alpha），或被遗忘的比例（Titans 的 alpha）。</translation>
    </message>
    <message>
        <source>What turns gradients into steps.</source>
        <translation>由什么把梯度变成更新步。</translation>
    </message>
    <message>
        <source>Where a write&apos;s gradient is taken: at the chunk&apos;s start, or at each token.</source>
        <translation>写入的梯度在哪里计算：在块的开头，或在每个词元处。</translation>
    </message>
    <message>
        <source>Where it trains: auto, cpu, cuda or cuda:N.</source>
        <translation>在哪里训练：auto、cpu、cuda 或 cuda:N。</translation>
    </message>
    <message>
        <source>Where the cosine ends, as a share of the peak.</source>
        <translation>余弦衰减的终点，为峰值的比例。</translation>
    </message>
    <message>
        <source>Where the text comes from.</source>
        <translation>文本从哪里来。</translation>
    </message>
    <message>
        <source>Whether a token reads the memory after or before its own write.</source>
        <translation>词元在自己写入之后还是之前读取记忆。</translation>
    </message>
    <message>
        <source>Whether queries come from fixed weights or from a sixth memory.</source>
        <translation>查询来自固定权重还是第六个记忆。</translation>
    </message>
    <message>
        <source>Whether several processes share the work, and how.</source>
        <translation>是否由多个进程分担训练，以及如何分担。</translation>
    </message>
    <message>
        <source>Which files, as a name with wildcards.</source>
        <translation>哪些文件，用带通配符的名称表示。</translation>
    </message>
    <message>
        <source>Which memories a chunk is read with. Eq. 90&apos;s index, as printed, names the chunk&apos;s end, which its own tokens have yet to make: only its start can be computed.</source>
        <translation>读取一个分块时使用哪一刻的记忆。式 (90) 印出的下标指向分块末尾，而那要由该分块自己的词元写成：只有分块开头可以计算。</translation>
    </message>
    <message>
        <source>Which memory gates a token&apos;s context: that before its segment, or its own.</source>
        <translation>哪个记忆为词元的上下文设门：其段之前的，或其自身的。</translation>
    </message>
    <message>
        <source>Which model is trained.</source>
        <translation>训练哪种模型。</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Width of the causal convolution at the level&apos;s entrance; 0: none (tokens).</source>
        <translation>该层级入口处因果卷积的宽度；0 表示没有（词元数）。</translation>
    </message>
    <message>
        <source>Width of the local causal convolution (tokens).</source>
        <translation>局部因果卷积的宽度（词元）。</translation>
    </message>
    <message>
        <source>Width of the residual stream (channels).</source>
        <translation>残差流的宽度（通道）。</translation>
    </message>
    <message>
        <source>Width of the state, as a multiple of the stream&apos;s.</source>
        <translation>状态的宽度，以主干宽度的倍数表示。</translation>
    </message>
    <message>
        <source>Width of the stream; omega and pi have half of it each (channels).</source>
        <translation>主干的宽度；ω 和 π 各占一半（通道）。</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>With loss &apos;dot_product&apos;: whether a write adds its target, which descends that loss, or takes it away, as eq. 92 is printed.</source>
        <translation>损失为“dot_product”时：写入是加上目标（使该损失下降），还是像式 (92) 印出的那样减去目标。</translation>
    </message>
    <message>
        <source>With network &apos;mlp&apos;: its hidden width, as a multiple of a head&apos;s.</source>
        <translation>网络为“mlp”时：其隐藏宽度，为一个头宽度的倍数。</translation>
    </message>
    <message>
        <source>With network &apos;mlp&apos;: which layers the extra erasure reaches, each along its own input, or only the first, whose input is the key.</source>
        <translation>网络为“mlp”时：额外擦除作用于哪些层——每一层沿各自的输入，或仅作用于以键为输入的第一层。</translation>
    </message>
    <message>
        <source>With outer_gradient &apos;truncated&apos;: chunks of the memory after which the gradient is cut off (chunks).</source>
        <translation>当 outer_gradient 为 truncated 时：每隔多少个记忆分块截断梯度（分块）。</translation>
    </message>
    <message>
        <source>Writing speed of the fastest slot; each next has half.</source>
        <translation>最快槽位的写入速度；其后每个减半。</translation>
    </message>
    <message>
        <source>auto: let torch.compile rewrite the model before the first step, which takes minutes, and keep that where a trial shows it to be faster.</source>
        <translation>auto：在第一步之前用 torch.compile 改写模型（需要几分钟），试跑更快时才采用。</translation>
    </message>
    <message>
        <source>constraint</source>
        <translation>约束</translation>
    </message>
    <message>
        <source>continuum {n}</source>
        <translation>连续体 {n}</translation>
    </message>
    <message>
        <source>data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>every step</source>
        <translation>每一步</translation>
    </message>
    <message>
        <source>large</source>
        <translation>大型</translation>
    </message>
    <message>
        <source>level</source>
        <translation>层级</translation>
    </message>
    <message>
        <source>levels</source>
        <translation>层级</translation>
    </message>
    <message>
        <source>medium</source>
        <translation>中型</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>记忆</translation>
    </message>
    <message>
        <source>memory system</source>
        <translation>记忆系统</translation>
    </message>
    <message>
        <source>mobiu</source>
        <translation>莫比乌斯</translation>
    </message>
    <message>
        <source>mobius</source>
        <translation>莫比乌斯</translation>
    </message>
    <message>
        <source>model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>nesting</source>
        <translation>嵌套</translation>
    </message>
    <message>
        <source>null: omega and pi meet at a right angle (a light ray); constant: the size of their product is the same for all tokens.</source>
        <translation>null：ω 与 π 成直角（一条光线）；constant：它们乘积的大小对所有词元都相同。</translation>
    </message>
    <message>
        <source>optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>parallel</source>
        <translation>并行</translation>
    </message>
    <message>
        <source>parallel: gates read the input alone, so that a scan computes all tokens at once; titans: gates read the last state too, one token after the other (slow).</source>
        <translation>parallel：门只读输入，因此一次扫描就能算出全部词元；titans：门还读上一个状态，只能逐个词元计算（慢）。</translation>
    </message>
    <message>
        <source>recommended</source>
        <translation>推荐</translation>
    </message>
    <message>
        <source>recurrence</source>
        <translation>循环</translation>
    </message>
    <message>
        <source>scan: exact and parallel; sequential: exact, token by token; chunk_truncated: the state starts afresh with every chunk (approximate).</source>
        <translation>scan：精确且并行；sequential：精确，逐个词元；chunk_truncated：每一块都从全新状态开始（近似）。</translation>
    </message>
    <message>
        <source>self modification</source>
        <translation>自修改</translation>
    </message>
    <message>
        <source>small</source>
        <translation>小型</translation>
    </message>
    <message>
        <source>source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>spinor</source>
        <translation>旋量</translation>
    </message>
    <message>
        <source>tied: omega and pi forget and write alike, so that one complex number carries both; untied: each by gates of its own, carried by a 2 x 2 matrix (slower).</source>
        <translation>tied：omega 与 pi 同步遗忘和写入，由一个复数承载两者；untied：各用自己的门，由一个 2 x 2 矩阵承载（较慢）。</translation>
    </message>
    <message>
        <source>tokenizer</source>
        <translation>分词器</translation>
    </message>
    <message>
        <source>train</source>
        <translation>训练</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings of the program</source>
        <translation>程序设置</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>The next run trains</source>
        <translation>下一个运行的训练方式</translation>
    </message>
    <message>
        <source>Tell me when a run ends or fails while I am elsewhere</source>
        <translation>我不在窗口前时，运行结束或失败请通知我</translation>
    </message>
    <message>
        <source>With a sound</source>
        <translation>带提示音</translation>
    </message>
    <message>
        <source>Keep the machine awake while a run trains</source>
        <translation>训练期间让机器保持唤醒</translation>
    </message>
    <message>
        <source>Let all other programs go first (trains slower beside them)</source>
        <translation>让其他程序优先（同时运行时训练较慢）</translation>
    </message>
    <message>
        <source>In the applications menu</source>
        <translation>显示在应用程序菜单中</translation>
    </message>
    <message>
        <source>The desktop then knows the program&apos;s icon, and docks that can (those of KDE and Ubuntu) show how far a run is.</source>
        <translation>这样桌面就能识别程序图标，支持的任务栏（如 KDE 和 Ubuntu 的）还会显示运行进度。</translation>
    </message>
    <message>
        <source>Show the first hints again</source>
        <translation>再次显示新手提示</translation>
    </message>
    <message>
        <source>Back to the first arrangement of the window</source>
        <translation>恢复窗口的初始布局</translation>
    </message>
    <message>
        <source>How a run trains is decided by the run that starts next, not by a live one.</source>
        <translation>训练方式对下一个开始的运行生效，不影响正在进行的运行。</translation>
    </message>
</context>
<context>
    <name>SettingsDifference</name>
    <message>
        <source>Settings from a file</source>
        <translation>来自文件的设置</translation>
    </message>
    <message>
        <source>What {name} would change</source>
        <translation>{name} 将改变什么</translation>
    </message>
    <message>
        <source>Keep it among my presets</source>
        <translation>同时保存到我的预设中</translation>
    </message>
    <message>
        <source>There is a preset of the name {name} already.</source>
        <translation>名为 {name} 的预设已经存在。</translation>
    </message>
    <message>
        <source>Take these settings</source>
        <translation>采用这些设置</translation>
    </message>
    <message>
        <source>Leave all as it is</source>
        <translation>保持不变</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Undo on the page Configure (Ctrl+Z) brings the former settings back.</source>
        <translation>在“配置”页撤销（Ctrl+Z）即可恢复先前的设置。</translation>
    </message>
    <message>
        <source>Nothing: these are the settings being edited.</source>
        <translation>没有变化：这正是当前编辑的设置。</translation>
    </message>
</context>
<context>
    <name>SettingsForm</name>
    <message>
        <source>No setting fits these words.</source>
        <translation>没有符合这些词的设置。</translation>
    </message>
    <message>
        <source>Show 1 more setting</source>
        <translation>显示其余 1 项设置</translation>
    </message>
    <message>
        <source>Show {count} more settings</source>
        <translation>显示其余 {count} 项设置</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Pause or continue</source>
        <translation>暂停或继续</translation>
    </message>
</context>
<context>
    <name>Sparkline</name>
    <message>
        <source>No curve yet</source>
        <translation>还没有曲线</translation>
    </message>
    <message>
        <source>Loss from {first} to {last}</source>
        <translation>损失从 {first} 到 {last}</translation>
    </message>
</context>
<context>
    <name>SpeedPanel</name>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>tokens/s</source>
        <translation>词元/秒</translation>
    </message>
    <message>
        <source>The speed is measured at every step.</source>
        <translation>每一步都会测量速度。</translation>
    </message>
</context>
<context>
    <name>SpreadView</name>
    <message>
        <source>Weights or gradients</source>
        <translation>权重或梯度</translation>
    </message>
    <message>
        <source>Part of the model</source>
        <translation>模型的部分</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>Block {n}</source>
        <translation>第 {n} 块</translation>
    </message>
    <message>
        <source>The gradients of this part were not measured.</source>
        <translation>未测量此部分的梯度。</translation>
    </message>
    <message>
        <source>At step {step} the middle half lies between {low} and {high}.</source>
        <translation>第 {step} 步时，中间一半位于 {low} 与 {high} 之间。</translation>
    </message>
</context>
<context>
    <name>StabilityView</name>
    <message>
        <source>Bound</source>
        <translation>界限</translation>
    </message>
    <message>
        <source>Half-life</source>
        <translation>半衰期</translation>
    </message>
    <message>
        <source>most: {value}, in layer {layer}, head {head}</source>
        <translation>最大值：{value}，位于第 {layer} 层第 {head} 个头</translation>
    </message>
    <message>
        <source>{most}. Above 2 its writes may not settle.</source>
        <translation>{most}。超过 2 时，写入可能无法稳定。</translation>
    </message>
    <message>
        <source>{most}. Safe up to 2.</source>
        <translation>{most}。不超过 2 即为安全。</translation>
    </message>
    <message>
        <source>nothing is forgotten</source>
        <translation>不会遗忘</translation>
    </message>
    <message>
        <source>half forgotten after {low} to {high} tokens</source>
        <translation>经过 {low} 到 {high} 个词元后遗忘一半</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>● Settings changed</source>
        <translation>● 设置已更改</translation>
    </message>
    <message>
        <source>The settings differ from their preset and are not saved as one of your own.</source>
        <translation>设置与其预设不同，也没有存为您自己的预设。</translation>
    </message>
    <message>
        <source>Last message</source>
        <translation>最近的消息</translation>
    </message>
    <message>
        <source>GPU: {used} of {total}</source>
        <translation>GPU：{used} / {total}</translation>
    </message>
    <message>
        <source>Disk: {size} free</source>
        <translation>磁盘：剩余 {size}</translation>
    </message>
</context>
<context>
    <name>SurpriseRibbon</name>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Accumulated</source>
        <translation>累积</translation>
    </message>
    <message>
        <source>Carried along by the momentum, rather than of each token by itself</source>
        <translation>由动量携带的惊讶，而不是每个词元自身的</translation>
    </message>
    <message>
        <source>All layers</source>
        <translation>所有层</translation>
    </message>
    <message>
        <source>Layer {n}</source>
        <translation>第 {n} 层</translation>
    </message>
    <message>
        <source>mean {value}</source>
        <translation>均值 {value}</translation>
    </message>
    <message>
        <source>Most surprising: {tokens}</source>
        <translation>最出人意料：{tokens}</translation>
    </message>
    <message>
        <source>First reading</source>
        <translation>第一遍</translation>
    </message>
    <message>
        <source>Second reading</source>
        <translation>第二遍</translation>
    </message>
    <message>
        <source>second reading {share} less surprised (test-time memorisation)</source>
        <translation>第二遍的惊讶减少 {share}（测试时记忆）</translation>
    </message>
    <message>
        <source>second reading {share} more surprised</source>
        <translation>第二遍的惊讶增加 {share}</translation>
    </message>
</context>
<context>
    <name>SweepForm</name>
    <message>
        <source>Add runs to the queue</source>
        <translation>将运行加入队列</translation>
    </message>
    <message>
        <source>Adds the settings of the Configure page as one run. Name settings with several values, and every combination becomes a run of its own.</source>
        <translation>将“配置”页的设置作为一次运行加入。若为若干设置项给出多个值，则每种组合各成一次运行。</translation>
    </message>
    <message>
        <source>setting, such as train.learning_rate</source>
        <translation>设置项，例如 train.learning_rate</translation>
    </message>
    <message>
        <source>values, such as 0.004, 0.008</source>
        <translation>取值，例如 0.004, 0.008</translation>
    </message>
    <message>
        <source>A setting of the sweep</source>
        <translation>参数扫描的设置项</translation>
    </message>
    <message>
        <source>Values of this setting, with commas between</source>
        <translation>该设置项的取值，用逗号分隔</translation>
    </message>
    <message>
        <source>Add {count} runs</source>
        <translation>加入 {count} 次运行</translation>
    </message>
    <message>
        <source>Add one run</source>
        <translation>加入一次运行</translation>
    </message>
</context>
<context>
    <name>SwitchEditor</name>
    <message>
        <source>On</source>
        <translation>开</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关</translation>
    </message>
</context>
<context>
    <name>SystemDock</name>
    <message>
        <source>Processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>This window</source>
        <translation>本窗口</translation>
    </message>
    <message>
        <source>The open run</source>
        <translation>打开的运行</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>{size} in its newest step</source>
        <translation>最新一步占用 {size}</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>load {load}, {heat} °C, {power} W</source>
        <translation>负载 {load}，{heat} °C，{power} W</translation>
    </message>
    <message>
        <source>Memory of GPU {number}</source>
        <translation>GPU {number} 显存</translation>
    </message>
    <message>
        <source>GPU {number}</source>
        <translation>GPU {number}</translation>
    </message>
    <message>
        <source>{used} of {total}</source>
        <translation>{used} / {total}</translation>
    </message>
    <message>
        <source>{size} free</source>
        <translation>剩余 {size}</translation>
    </message>
    <message>
        <source>not available</source>
        <translation>不可用</translation>
    </message>
    <message>
        <source>{name}: not available</source>
        <translation>{name}：不可用</translation>
    </message>
    <message>
        <source>{name}: {used} of {total}</source>
        <translation>{name}：{used} / {total}</translation>
    </message>
    <message>
        <source>n/a</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>TalkCard</name>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>What you tell, what you teach and what the model writes appears here.</source>
        <translation>你讲的、你教的和模型写的都显示在这里。</translation>
    </message>
    <message>
        <source>Memory writes: one row a layer and head, one column a token</source>
        <translation>写入记忆的量：每层每头一行，每个词元一列</translation>
    </message>
    <message>
        <source>A fact to teach, or a text to read on from.</source>
        <translation>要教的事实，或要接着读的文字。</translation>
    </message>
    <message>
        <source>What to tell or teach</source>
        <translation>要讲或要教的内容</translation>
    </message>
    <message>
        <source>Teach</source>
        <translation>教</translation>
    </message>
    <message>
        <source>Let it read this and study it (Ctrl+Enter)</source>
        <translation>让模型读这段文字并学会它 (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>Tell</source>
        <translation>讲</translation>
    </message>
    <message>
        <source>Let it read this, with the gates it was trained with</source>
        <translation>让模型用训练得到的门读这段文字</translation>
    </message>
    <message>
        <source>Let it write</source>
        <translation>让它写</translation>
    </message>
    <message>
        <source>Let it go on from here</source>
        <translation>让模型从这里继续</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>TeachSetup</name>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Which model you talk with</source>
        <translation>与哪个模型对话</translation>
    </message>
    <message>
        <source>What learns</source>
        <translation>学习的部分</translation>
    </message>
    <message>
        <source>Memory only: the weights stand still bit for bit, the memory writes. Full model: a copy of the weights learns as well.</source>
        <translation>仅记忆：权重逐位不变，只有记忆在写入。整个模型：权重的一份副本也随之学习。</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>记忆</translation>
    </message>
    <message>
        <source>Steps of study</source>
        <translation>学习步数</translation>
    </message>
    <message>
        <source>Gradient steps on what you teach. 0: the memory only reads it, with the gates it was trained with.</source>
        <translation>对所教内容做多少步梯度学习。0：记忆只用训练得到的门读一遍。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Of the weights, where the full model learns</source>
        <translation>整个模型学习时权重的学习率</translation>
    </message>
    <message>
        <source>Memory only</source>
        <translation>仅记忆</translation>
    </message>
    <message>
        <source>Full model</source>
        <translation>整个模型</translation>
    </message>
    <message>
        <source>Begin anew</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Begin a conversation</source>
        <translation>开始对话</translation>
    </message>
</context>
<context>
    <name>TeachSide</name>
    <message>
        <source>Recipe</source>
        <translation>先教后问</translation>
    </message>
    <message>
        <source>Moments</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>Memories</source>
        <translation>记忆</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>词元</translation>
    </message>
</context>
<context>
    <name>TeachView</name>
    <message>
        <source>The model is being read ...</source>
        <translation>正在读取模型……</translation>
    </message>
    <message>
        <source>You taught:</source>
        <translation>你教了：</translation>
    </message>
    <message>
        <source>You told:</source>
        <translation>你讲了：</translation>
    </message>
    <message>
        <source>Reading ...</source>
        <translation>正在读……</translation>
    </message>
    <message>
        <source>The model wrote:</source>
        <translation>模型写了：</translation>
    </message>
    <message>
        <source>Writing ...</source>
        <translation>正在写……</translation>
    </message>
    <message>
        <source>{count} tokens so far, {speed}</source>
        <translation>至今 {count} 个词元，{speed}</translation>
    </message>
</context>
<context>
    <name>TextFigures</name>
    <message>
        <source>Reading the text ...</source>
        <translation>正在读取文本…</translation>
    </message>
    <message>
        <source>There is nothing to count.</source>
        <translation>没有可统计的内容。</translation>
    </message>
    <message>
        <source>In numbers</source>
        <translation>统计数字</translation>
    </message>
    <message>
        <source>{size} of text, {count} tokens</source>
        <translation>{size} 文本，{count} 个词元</translation>
    </message>
    <message>
        <source>{train} tokens to train on, {held} held out</source>
        <translation>{train} 个词元用于训练，{held} 个留作验证</translation>
    </message>
    <message>
        <source>{used} of {vocabulary} tokens occur; {bytes} bytes a token</source>
        <translation>词表 {vocabulary} 个词元中出现了 {used} 个；每词元 {bytes} 字节</translation>
    </message>
    <message>
        <source>Its entropy is {floor} bits a byte: no model can do better.</source>
        <translation>文本的熵为每字节 {floor} 比特：没有模型能做得更好。</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Dismiss this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>TokenDetails</name>
    <message>
        <source>Token under the pointer</source>
        <translation>指针所指的词元</translation>
    </message>
    <message>
        <source>Point at a written token to see what else the model had in mind.</source>
        <translation>把指针移到写出的词元上，就能看到模型当时还想到了什么。</translation>
    </message>
    <message>
        <source>“{token}”: surprise {surprise} nats, entropy {entropy} nats</source>
        <translation>“{token}”：惊奇度 {surprise} 奈特，熵 {entropy} 奈特</translation>
    </message>
</context>
<context>
    <name>TokenShades</name>
    <message>
        <source>No colours</source>
        <translation>不着色</translation>
    </message>
    <message>
        <source>Surprise of each token</source>
        <translation>每个词元的惊奇度</translation>
    </message>
    <message>
        <source>How undecided the model was</source>
        <translation>模型的犹豫程度（熵）</translation>
    </message>
    <message>
        <source>{value} nats or more</source>
        <translation>{value} 奈特或更多</translation>
    </message>
    <message>
        <source>Colours from 0 to {value} nats</source>
        <translation>颜色从 0 到 {value} 奈特</translation>
    </message>
</context>
<context>
    <name>TokenView</name>
    <message>
        <source>A batch as the model sees it</source>
        <translation>模型所见的一个批次</translation>
    </message>
    <message>
        <source>The first tokens of a batch stand here.</source>
        <translation>一个批次的开头词元显示在这里。</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>{number} of {count}</source>
        <translation>第 {number} / {count} 步</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>End the tour</source>
        <translation>结束导览</translation>
    </message>
    <message>
        <source>Begin here: choose a family, then press Train on one of its four sizes. Size, memory and time are those of this machine.</source>
        <translation>从这里开始：选择一个系列，再在四种规模之一上点击“训练”。规模、内存和时间均按本机给出。</translation>
    </message>
    <message>
        <source>Drop a text of your own here, or anywhere on the window. Without one the model learns from a text that is built in.</source>
        <translation>把自己的文本拖到这里或窗口任意位置。没有文本时，模型从内置文本学习。</translation>
    </message>
    <message>
        <source>Settings explain themselves and check what you type. Advanced shows all of them; every edit can be undone, and the line at the bottom tells the cost beforehand.</source>
        <translation>每项设置都有说明，并即时检查输入。“高级”显示全部设置；每次修改都可撤销，底部一行预先告知开销。</translation>
    </message>
    <message>
        <source>The run bar stays on every page: train, pause, single steps, stop, and how far it is.</source>
        <translation>运行栏在每个页面都可见：训练、暂停、单步、停止以及进度。</translation>
    </message>
    <message>
        <source>Watch it learn. One axis and one pointer for all plots; a double click makes a plot large, and its menu saves it.</source>
        <translation>观看它学习。所有曲线共用一个横轴和一个指针；双击可放大曲线，其菜单可保存。</translation>
    </message>
    <message>
        <source>Look into the memory: how much each head holds, what surprises it, what it writes. This slider replays the run.</source>
        <translation>查看记忆内部：每个头存了多少、什么让它惊讶、它写入了什么。此滑块可回放整个运行。</translation>
    </message>
    <message>
        <source>Let the model write, or choose Teach: tell it a fact and watch its memory learn it while the weights stand still.</source>
        <translation>让模型写作，或选择“教学”：告诉它一个事实，看它的记忆在权重不变的情况下学会它。</translation>
    </message>
    <message>
        <source>Every run is kept here: compare, resume, branch, report, give away. Nothing is overwritten.</source>
        <translation>每次运行都保存在这里：比较、恢复、分支、报告、分享。不会覆盖任何内容。</translation>
    </message>
    <message>
        <source>Ctrl+K finds any command, F1 lists the keys. This tour is in the Help menu.</source>
        <translation>Ctrl+K 查找任意命令，F1 列出快捷键。此导览在“帮助”菜单中。</translation>
    </message>
</context>
<context>
    <name>TrainPage</name>
    <message>
        <source>What the model writes while it learns stands here.</source>
        <translation>模型在学习过程中写的内容显示在这里。</translation>
    </message>
    <message>
        <source>The first sample comes at the end of the run.</source>
        <translation>第一个样例在运行结束时出现。</translation>
    </message>
    <message>
        <source>No sample yet: the first comes at step {step}.</source>
        <translation>还没有样例：第一个在第 {step} 步。</translation>
    </message>
</context>
<context>
    <name>TwistorView</name>
    <message>
        <source>Helicity of each layer, token by token</source>
        <translation>各层逐词元的螺旋度</translation>
    </message>
    <message>
        <source>Write to each slot, token by token</source>
        <translation>逐词元写入各槽的量</translation>
    </message>
    <message>
        <source>What each slot holds after the text</source>
        <translation>读完文本后各槽的内容</translation>
    </message>
    <message>
        <source>What each slot holds after the text; kept in {few} of {many} bytes, {error} % off</source>
        <translation>读完文本后各槽位的内容；以 {few} / {many} 字节保存，误差 {error} %</translation>
    </message>
    <message>
        <source>Size of each slot over training</source>
        <translation>训练过程中各槽的大小</translation>
    </message>
    <message>
        <source>Layer {n}</source>
        <translation>第 {n} 层</translation>
    </message>
    <message>
        <source>Mean helicity: {said}</source>
        <translation>平均螺旋度：{said}</translation>
    </message>
</context>
<context>
    <name>WriteColumn</name>
    <message>
        <source>What the model writes</source>
        <translation>模型写的文字</translation>
    </message>
    <message>
        <source>What the model writes appears here.</source>
        <translation>模型写的文字显示在这里。</translation>
    </message>
    <message>
        <source>Whose model writes</source>
        <translation>用哪次运行的模型写</translation>
    </message>
    <message>
        <source>Which model writes</source>
        <translation>用哪个模型写</translation>
    </message>
    <message>
        <source>Writing ...</source>
        <translation>正在写……</translation>
    </message>
    <message>
        <source>The training ended before the text was whole.</source>
        <translation>文字还没写完，训练就结束了。</translation>
    </message>
    <message>
        <source>{count} tokens, {speed}</source>
        <translation>{count} 个词元，{speed}</translation>
    </message>
    <message>
        <source>This run</source>
        <translation>本次运行</translation>
    </message>
</context>
<context>
    <name>WriteStrip</name>
    <message>
        <source>Writes into the memory, token by token</source>
        <translation>逐个词元写入记忆的量</translation>
    </message>
    <message>
        <source>What each token writes into the memory appears here.</source>
        <translation>每个词元写入记忆的量显示在这里。</translation>
    </message>
    <message>
        <source>“{token}” moved {row} by {size}; surprise {surprise} nats</source>
        <translation>“{token}”使 {row} 变动了 {size}；惊奇度 {surprise} 奈特</translation>
    </message>
    <message>
        <source>The last token, “{token}”, moved the memory by {size} in all.</source>
        <translation>最后一个词元“{token}”使记忆总共变动了 {size}。</translation>
    </message>
</context>
<context>
    <name>WriteView</name>
    <message>
        <source>Prompt</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>The model continues what stands here.</source>
        <translation>模型会续写这里的文字。</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>写</translation>
    </message>
    <message>
        <source>Continue the prompt (Ctrl+Enter)</source>
        <translation>续写提示 (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>Stop writing</source>
        <translation>停止写作</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Two columns: two checkpoints, runs or memories, the same prompt and seed</source>
        <translation>两列：两个检查点、两次运行或两份记忆，相同的提示和种子</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>What the colours tell</source>
        <translation>颜色的含义</translation>
    </message>
</context>
<context>
    <name>YamlView</name>
    <message>
        <source>Settings as YAML</source>
        <translation>YAML 格式的设置</translation>
    </message>
    <message>
        <source>Edit the YAML</source>
        <translation>编辑 YAML</translation>
    </message>
</context>
</TS>
